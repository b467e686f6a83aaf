using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>
/// Who is signed in, as a circuit knows it: whoever opened it, until that identity is ended. Cutting the connection is not enough,
/// since a circuit lives on for a while without one.
/// </summary>
internal sealed class EndingAuthenticationState(LiveConnections connections) : ServerAuthenticationStateProvider, IDisposable
{
    private bool _watching;

    /// <summary>
    /// Begins to listen, in a circuit. A plain request ends by itself, and the one in which somebody ends their own sessions, with a
    /// new password, must still be drawn for them.
    /// </summary>
    public void Watch()
    {
        _watching = true;
        connections.Ended += OnEnded;
    }

    public void Dispose()
    {
        if (_watching)
        {
            connections.Ended -= OnEnded;
        }
    }

    private void OnEnded(string identity) => _ = ForgetAsync(identity);

    private async Task ForgetAsync(string identity)
    {
        var state = await GetAuthenticationStateAsync();
        if (Actor.From(state.User)?.Id == identity)
        {
            SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        }
    }
}

/// <summary>Lets each circuit hear of the end of its identity.</summary>
internal sealed class EndingCircuits(AuthenticationStateProvider state) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        (state as EndingAuthenticationState)?.Watch();
        return Task.CompletedTask;
    }
}
