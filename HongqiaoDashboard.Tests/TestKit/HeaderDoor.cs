using System.Security.Claims;
using System.Text.Encodings.Web;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>A door of the tests alone: a request says by a header who calls, and whoever says nothing is nobody.</summary>
internal sealed class HeaderDoor(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The header.</summary>
    public const string Header = "Test-Actor";

    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "Test";

    /// <summary>The header's value for somebody.</summary>
    /// <param name="actor">Who.</param>
    public static string Write(Actor actor) => string.Join(';', actor.Id, actor.Role, actor.ScopeCode, actor.Department);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString().Split(';') is not [var id, var role, var scope, var department])
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id), new(ClaimTypes.Name, id), new(ClaimTypes.Role, role)], SchemeName);
        identity.AddClaims(scope.Length > 0 ? [new Claim(Actor.ScopeClaim, scope)] : []);
        identity.AddClaims(department.Length > 0 ? [new Claim(Actor.DepartmentClaim, department)] : []);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }
}

/// <summary>Puts the door in front of all others.</summary>
internal static class HeaderDoorRegistration
{
    /// <summary>Adds it.</summary>
    /// <param name="services">The program's services.</param>
    public static void AddHeaderDoor(this IServiceCollection services)
    {
        services.AddIdentityDoor(new IdentityDoor(HeaderDoor.SchemeName, -1000, _ => true));
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, HeaderDoor>(HeaderDoor.SchemeName, null);
    }
}
