using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>
/// Who is signed in, as a circuit knows it: whoever opened it, until that identity is ended. Cutting the connection is not enough,
/// since a circuit lives on for a while without one.
/// </summary>
internal sealed class EndingAuthenticationState : ServerAuthenticationStateProvider, IDisposable
{
    private readonly LiveConnections _connections;

    public EndingAuthenticationState(LiveConnections connections)
    {
        _connections = connections;
        _connections.Ended += OnEnded;
    }

    public void Dispose() => _connections.Ended -= OnEnded;

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
