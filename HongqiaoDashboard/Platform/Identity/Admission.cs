using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>What is asked about when somebody acts, unlike when a page only asks what to show: whoever is turned away here is noted.</summary>
/// <param name="Policy">The policy.</param>
public sealed record ActDoor(string Policy);

/// <summary>Asks whether somebody may, at the moment when they do it.</summary>
public static class Admission
{
    /// <summary>Who acts, if a policy lets them.</summary>
    /// <param name="authorization">Judges.</param>
    /// <param name="user">The caller.</param>
    /// <param name="policy">A policy of <see cref="Policies"/>.</param>
    /// <returns>The actor; null when nobody is signed in, or the policy does not let them.</returns>
    public static async Task<Actor?> ActorAsync(this IAuthorizationService authorization, ClaimsPrincipal user, string policy) =>
        (await authorization.AuthorizeAsync(user, new ActDoor(policy), policy)).Succeeded ? Actor.From(user) : null;
}
