using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>Puts authentication and the named policies in place.</summary>
internal static class IdentityRegistration
{
    /// <summary>Adds the loopback sign-in and the policies; whatever names no policy needs a signed-in caller.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddAuthentication(LoopbackAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, LoopbackAuthenticationHandler>(LoopbackAuthenticationHandler.SchemeName, null);

        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        var authorization = builder.Services.AddAuthorizationBuilder()
            .SetDefaultPolicy(signedIn)
            .SetFallbackPolicy(signedIn);
        foreach (var policy in Grants.Known)
        {
            authorization.AddPolicy(policy, allowed => allowed.RequireAuthenticatedUser().RequireRole(Grants.Of(policy)));
        }

        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<IClaimsTransformation, OriginClaims>();
        builder.Services.AddCascadingAuthenticationState();
    }
}
