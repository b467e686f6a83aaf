namespace HongqiaoDashboard.Ui.Live;

/// <summary>
/// The life of a component as a token. Work that is still under way when a component is disposed of asks for the token again
/// afterwards; unlike a source's own property, this one then still answers, so that leaving a page early is never shown as an
/// error on the next one.
/// </summary>
public sealed class ComponentLifetime : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>Begins.</summary>
    public ComponentLifetime() => Token = _source.Token;

    /// <summary>Cancelled when the component is disposed of.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether the component has gone.</summary>
    public bool HasEnded => Token.IsCancellationRequested;

    /// <summary>Ends it; more than one call is one.</summary>
    public void Dispose()
    {
        if (!HasEnded)
        {
            _source.Cancel();
        }

        _source.Dispose();
    }
}
