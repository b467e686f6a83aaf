using Microsoft.JSInterop;

namespace HongqiaoDashboard.Platform.Interop;

/// <summary>Calls of a browser that may be away: a call that is under way when the connection breaks is never answered.</summary>
public static class JsCalls
{
    // Long enough for a busy browser; short enough that a page which has just come back is not kept waiting.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Calls a method.</summary>
    /// <param name="reference">The object; null answers false.</param>
    /// <param name="method">Its method.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Whether the browser has done it; false when it is away and nothing is known.</returns>
    public static async ValueTask<bool> TryInvokeAsync(this IJSObjectReference? reference, string method, params object?[] arguments)
    {
        if (reference is null)
        {
            return false;
        }

        try
        {
            await reference.InvokeVoidAsync(method, Patience, arguments);
            return true;
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }
}
