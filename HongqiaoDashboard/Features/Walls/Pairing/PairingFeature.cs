using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>How displays come in.</summary>
internal static class PairingFeature
{
    /// <summary>Adds pairing and the displays' door.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddPairing(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PairingOptions>().BindConfiguration("Walls:Pairing")
            .Validate(limits => limits is { Most: >= 1, MostPerAddress: >= 1 }, "Walls:Pairing:Most and MostPerAddress must be 1 or more.").ValidateOnStart();
        services.AddSingleton<PairingRequests>();
        services.AddSingleton<WrongCodes>();
        services.AddSingleton<WallShelf>();
        services.AddHostedService(provider => provider.GetRequiredService<WallShelf>());
        services.AddSingleton<WallSightings>();
        services.AddSingleton<WallDesk>();
        services.AddSingleton<PairingEndpoints>();
        services.AddSingleton<IReadScope<WallDevice>, WallReadScope>();
        services.AddSingleton<IAuthorizationHandler, WallBoardsHandler>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, WallDoor>(WallDoor.SchemeName, null);
        services.AddIdentityDoor(WallDoor.Door);
    }

    private sealed class WallReadScope : IReadScope<WallDevice>
    {
        public System.Linq.Expressions.Expression<Func<WallDevice, bool>>? For(Actor actor) =>
            Grants.Of(Policies.Administer).Contains(actor.Role) && !actor.IsBound ? null : _ => false;
    }
}
