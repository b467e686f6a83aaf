using System.Security.Claims;
using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>People's way in: ASP.NET Core Identity over this program's own accounts, and a cookie.</summary>
internal static class AccountAuthentication
{
    /// <summary>Name of the cookie that a signed-in browser holds.</summary>
    public const string Cookie = "hq.account";

    /// <summary>Where people sign in.</summary>
    public const string SignInPath = "/account/sign-in";

    /// <summary>Query parameter of the address to go on to.</summary>
    public const string ReturnParameter = "returnTo";

    private const int DoorOrder = 100;
    private static readonly TimeSpan Session = TimeSpan.FromHours(12);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Adds accounts.</summary>
    /// <param name="services">The application's services.</param>
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<AccountBook>();
        services.AddSingleton<AccountLane>();
        services.AddSingleton<AccountSecrets>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<AccountTickets>();
        services.AddSingleton<SignInGate>();
        services.AddSingleton<FeignedLocks>();
        services.AddSingleton<SpentCodes>();
        services.AddScoped<SignInDesk>();
        services.AddScoped<PasswordJudge>();
        services.AddScoped<OwnAccount>();
        services.AddSingleton<AccountPlaces>();
        services.AddSingleton<IReadScope<Account>, OpenReadScope<Account>>();
        services.AddSingleton<IReadScope<AccountTicket>, OpenReadScope<AccountTicket>>();
        // Neither keeps anything: the desk and the tickets, which live as long as the program, use them too.
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Account>(Configure)
            .AddUserStore<AccountStore>().AddSignInManager<AccountSignInManager>().AddClaimsPrincipalFactory<AccountPrincipals>()
            .AddPasswordValidator<PasswordRules>().AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddAuthentication()
            .AddCookie(IdentityConstants.ApplicationScheme, Configure)
            .AddCookie(IdentityConstants.ExternalScheme, options => Configure(options, "hq.external", TimeSpan.FromMinutes(5)))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options => Configure(options, "hq.second", TimeSpan.FromMinutes(5)))
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme, options => Configure(options, "hq.known", TimeSpan.FromDays(14)));
        services.AddIdentityDoor(new IdentityDoor(IdentityConstants.ApplicationScheme, DoorOrder, context => context.Request.Cookies.ContainsKey(Cookie), _ => true) { Stands = Stands });
    }

    private static void Configure(IdentityOptions options)
    {
        options.Password.RequiredLength = PasswordRules.Shortest;
        options.Password.RequiredUniqueChars = PasswordRules.FewestDifferent;
        options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = FeignedLocks.WrongBeforeLock;
        options.Lockout.DefaultLockoutTimeSpan = FeignedLocks.LockTime;
        // Judged by AccountRules.
        options.User.AllowedUserNameCharacters = "";
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        Configure(options, Cookie, Session);
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = ReturnParameter;
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnSigningIn = context =>
        {
            // Whoever keeps a phone of their own signed in.
            context.Properties.ExpiresUtc = context.Properties.IsPersistent ? context.Properties.IssuedUtc + Kept : context.Properties.ExpiresUtc;
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToLogin = context =>
        {
            if (IsPage(context.Request))
            {
                context.Response.Redirect(context.RedirectUri);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }

            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static void Configure(CookieAuthenticationOptions options, string name, TimeSpan life)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.ExpireTimeSpan = life;
    }

    // A cookie says who opened the session; what they are now is asked of the book with every request.
    private static Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var standing = AccountPrincipals.StandingOf(context.HttpContext.RequestServices.GetRequiredService<AccountBook>(), context.Principal);
        if (standing is null)
        {
            context.RejectPrincipal();
        }
        else if (Actor.From(context.Principal)! with { Origin = null } != standing.Actor)
        {
            context.ReplacePrincipal(AccountPrincipals.Of(standing));
        }

        return Task.CompletedTask;
    }

    private static bool Stands(HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier)?.StartsWith(Account.IdPrefix, StringComparison.Ordinal) != true
        || AccountPrincipals.StandingOf(context.RequestServices.GetRequiredService<AccountBook>(), context.User) is not null;

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
