using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>Puts authentication and the named policies in place.</summary>
internal static class IdentityRegistration
{
    private const string DoorScheme = "HongqiaoDashboard";

    /// <summary>Adds the doors' common scheme and the policies; whatever names no policy needs a signed-in caller.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(DoorScheme).AddPolicyScheme(DoorScheme, null, doors => doors.ForwardDefaultSelector = context =>
            IdentityDoor.For(context.RequestServices.GetServices<IdentityDoor>(), context) ?? NobodyAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, NobodyAuthenticationHandler>(NobodyAuthenticationHandler.SchemeName, null);
        builder.Services.AddOptions<ConnectionOptions>().BindConfiguration("Access:Connections")
            .Validate(limits => limits.MostPerIdentity >= 1, "Access:Connections:MostPerIdentity must be 1 or more.").ValidateOnStart();
        builder.Services.AddSingleton<LiveConnections>();
        builder.Services.AddScoped<AuthenticationStateProvider, EndingAuthenticationState>();
        builder.Services.AddScoped<CircuitHandler, EndingCircuits>();

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

    /// <summary>Adds a way of saying who one is; its scheme is registered by whoever adds it.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="door">The door.</param>
    public static IServiceCollection AddIdentityDoor(this IServiceCollection services, IdentityDoor door) => services.AddSingleton(door);
}
