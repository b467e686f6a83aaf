using Microsoft.JSInterop;

namespace HongqiaoDashboard.Platform.Interop;

/// <summary>The one safe way to let go of JavaScript objects: a circuit that is gone has already let go of them.</summary>
public static class JsDisposal
{
    /// <summary>Calls an object's own clean-up, if named, and frees it.</summary>
    /// <param name="reference">The object; null is fine.</param>
    /// <param name="cleanUp">Method to call first.</param>
    public static async ValueTask DisposeQuietlyAsync(this IJSObjectReference? reference, string? cleanUp = null)
    {
        if (reference is null)
        {
            return;
        }

        try
        {
            if (cleanUp is not null)
            {
                await reference.InvokeVoidAsync(cleanUp);
            }

            await reference.DisposeAsync();
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The browser has gone, and its objects with it.
        }
    }
}
