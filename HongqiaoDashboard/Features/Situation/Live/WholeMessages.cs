using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>
/// Lets a message that is ready go to its client in one piece. SignalR hands it to a pipe of four-kilobyte pieces, and its
/// WebSocket transport sends a frame for each of them, with a system call for each; most deltas are a little longer than one.
/// </summary>
internal static class WholeMessages
{
    /// <summary>Puts itself between a connection and the hub.</summary>
    /// <param name="connections">The connections of the hub's endpoint.</param>
    public static IConnectionBuilder UseWholeMessages(this IConnectionBuilder connections) => connections.Use(next => connection =>
    {
        connection.Transport = new Pipes(connection.Transport.Input, new Writer(connection.Transport.Output));
        return next(connection);
    });

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Writer(PipeWriter output) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => output.CanGetUnflushedBytes;

        public override long UnflushedBytes => output.UnflushedBytes;

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            // Asked for all of it at once, the pipe finds a piece that is long enough.
            source.Span.CopyTo(output.GetSpan(source.Length));
            output.Advance(source.Length);
            return output.FlushAsync(cancellationToken);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);

        public override void Advance(int bytes) => output.Advance(bytes);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => output.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => output.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => output.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => output.CompleteAsync(exception);
    }
}
