using System.Security.Claims;
using System.Text.Encodings.Web;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>
/// Lets displays in by their cookie. A display that has none, or one that is not in force any more, is shown the way to be paired. It
/// logs nothing: a line for each who is turned away would let anybody fill the log.
/// </summary>
internal sealed class WallDoor(IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder, WallShelf shelf)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    public const string SchemeName = "Wall";

    /// <summary>Name of the cookie that a display is known by.</summary>
    public const string CookieName = "hq.wall";

    // Browsers keep a cookie for 400 days at most; each page renews it.
    private static readonly TimeSpan CookieLife = TimeSpan.FromDays(400);

    private const string AccountCookie = "hq.account";

    /// <summary>
    /// The door as it is registered. Somebody who is signed in on a paired display is themselves, but on boards. Below <c>/wall</c> a browser that says
    /// nothing is an unpaired display, but for this machine's own user.
    /// </summary>
    public static IdentityDoor Door { get; } = new(
        SchemeName, 10,
        context => context.Request.Cookies.ContainsKey(CookieName) && (IsBelowWall(context) || !context.Request.Cookies.ContainsKey(AccountCookie)),
        context => IsBelowWall(context) && AsksForPage(context.Request) && !LoopbackCaller.Is(context));

    /// <summary>Makes a browser a display.</summary>
    public static void SetCookie(HttpContext context, string secret) => context.Response.Cookies.Append(CookieName, secret, Cookie(context, CookieLife));

    /// <summary>Makes it forget that it was one.</summary>
    public static void DeleteCookie(HttpContext context) => context.Response.Cookies.Delete(CookieName, Cookie(context, null));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[CookieName] is not { Length: > 0 } secret || RequestOrigin.IsForeign(Request))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (secret.Length > KeyPrint.LongestKey || shelf.Find(secret) is not { } wall)
        {
            return Task.FromResult(AuthenticateResult.Fail("The display is not paired any more."));
        }

        if (IsBelowWall(Context) && AsksForPage(Request))
        {
            SetCookie(Context, secret);
        }

        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(IdentityOf(wall)), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (AsksForPage(Request) && IsBelowWall(Context))
        {
            Response.Redirect($"{PairingAddresses.Pair}?to={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
        }
        else if (AsksForPage(Request) && Request.Cookies.ContainsKey(CookieName))
        {
            // No display any more, and not on its way to a board: whoever it is may come in by another door.
            DeleteCookie(Context);
            Response.Redirect(WebShell.LocalOrHome(Request.Path + Request.QueryString));
        }
        else
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (AsksForPage(Request))
        {
            Response.Redirect(PairingAddresses.Refused);
        }
        else
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        return Task.CompletedTask;
    }

    private static bool IsBelowWall(HttpContext context) => context.Request.Path.StartsWithSegments("/wall");

    private static bool AsksForPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static CookieOptions Cookie(HttpContext context, TimeSpan? life) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true, Path = "/", MaxAge = life,
    };

    private static ClaimsIdentity IdentityOf(WallDevice wall)
    {
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, wall.ActorId));
        identity.AddClaim(new Claim(ClaimTypes.Name, wall.Name));
        identity.AddClaim(new Claim(ClaimTypes.Role, Roles.Wall));
        identity.AddClaim(new Claim(WallBoards.Claim, wall.Boards));
        if (wall.ScopeCode is { } scope)
        {
            identity.AddClaim(new Claim(Actor.ScopeClaim, scope));
        }

        return identity;
    }
}
