using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authentication;

namespace HongqiaoDashboard.Features.Access.Keys;

/// <summary>Keys of programs.</summary>
internal static class KeysFeature
{
    /// <summary>Adds keys, their door and their verb.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddKeys(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<KeyUses>();
        services.AddSingleton<KeyShelf>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyShelf>());
        services.AddSingleton<IKeyRing, KeyRing>();
        services.AddSingleton<KeyDesk>();
        services.AddSingleton<IReadScope<AccessKey>, AccessKeyReadScope>();
        services.AddVerb<KeyVerb>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, KeyDoor>(KeyDoor.SchemeName, null);
        services.AddIdentityDoor(KeyDoor.Door);
    }

    private sealed class AccessKeyReadScope : IReadScope<AccessKey>
    {
        public System.Linq.Expressions.Expression<Func<AccessKey, bool>>? For(Actor actor) =>
            Grants.Of(Policies.Administer).Contains(actor.Role) && !actor.IsBound ? null : _ => false;
    }
}
