using System.Security.Claims;
using System.Text.Encodings.Web;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Soak;

/// <summary>
/// Takes everybody who comes for an administrator, in programs that measure and listen on this machine for their own clients alone: what
/// is measured is the program and not its doors.
/// </summary>
internal sealed class OpenDoor(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string SchemeName = "Open";

    // Made once: it costs what the cheapest real one costs.
    private static readonly AuthenticateResult Everybody = AuthenticateResult.Success(new AuthenticationTicket(
        new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "everybody"), new(ClaimTypes.Name, "everybody"), new(ClaimTypes.Role, Roles.Admin)], SchemeName)), SchemeName));

    /// <summary>Puts it in front of all other doors.</summary>
    /// <param name="services">Services of the program that measures.</param>
    public static void Add(IServiceCollection services)
    {
        services.AddIdentityDoor(new IdentityDoor(SchemeName, int.MinValue, _ => true));
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OpenDoor>(SchemeName, null);
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Everybody);
}
