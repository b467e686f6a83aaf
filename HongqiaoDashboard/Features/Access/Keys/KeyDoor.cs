using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Access.Keys;

/// <summary>
/// Lets programs in by their key: <c>Authorization: Bearer</c> anywhere, <c>access_token</c> in the address of a hub, since a browser's
/// socket has no headers, and <c>api_key</c> in an address of Open311, whose standard wants it so. It logs nothing: a line for each who
/// is turned away would let anybody fill the log.
/// </summary>
internal sealed class KeyDoor(IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    public const string SchemeName = "Key";

    /// <summary>The door as it is registered. Before all others: whoever sends a key means to be judged by it.</summary>
    public static IdentityDoor Door { get; } = new(SchemeName, 0, context => KeyOf(context.Request) is not null);

    private static string? KeyOf(HttpRequest request) => PresentedKeys.BearerOf(request)
        ?? (request.Path.StartsWithSegments("/hubs") ? InQuery(request, "access_token")
            : request.Path.StartsWithSegments("/open311") ? InQuery(request, "api_key")
            : null);

    private static string? InQuery(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } key ? key : null;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } key)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(Context.Present(key) switch
        {
            null => AuthenticateResult.Fail("The key is not in force."),
            { RetryAfter: not null } => AuthenticateResult.Fail("The key has sent as much as it may."),
            { Actor: var actor } => AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(IdentityOf(actor)), SchemeName)),
        });
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (KeyOf(Request) is { } key && Context.Present(key)?.RetryAfter is { } wait)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    private static ClaimsIdentity IdentityOf(Actor actor)
    {
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, actor.Id));
        identity.AddClaim(new Claim(ClaimTypes.Name, actor.Name));
        identity.AddClaim(new Claim(ClaimTypes.Role, actor.Role));
        if (actor.ScopeCode is { } scope)
        {
            identity.AddClaim(new Claim(Actor.ScopeClaim, scope));
        }

        if (actor.Department is { } department)
        {
            identity.AddClaim(new Claim(Actor.DepartmentClaim, department));
        }

        return identity;
    }
}
