using System.Security.Claims;
using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Identity;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>An account as the rest of the program knows callers.</summary>
internal sealed class AccountPrincipals : IUserClaimsPrincipalFactory<Account>
{
    /// <summary>Claim that carries the stamp that the session was opened with.</summary>
    public const string StampClaim = "hq:stamp";

    public Task<ClaimsPrincipal> CreateAsync(Account user) => Task.FromResult(Of(new Standing(user.SecurityStamp, AccountBook.ActorOf(user))));

    /// <summary>How the account stands that a session was opened with; null when the session is over.</summary>
    /// <param name="book">The accounts.</param>
    /// <param name="caller">Whom the session's cookie names.</param>
    public static Standing? StandingOf(AccountBook book, ClaimsPrincipal? caller) =>
        caller?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && book.Find(id) is { } standing && caller.FindFirstValue(StampClaim) == standing.Stamp ? standing : null;

    /// <summary>The caller of an account.</summary>
    /// <param name="standing">How it stands.</param>
    public static ClaimsPrincipal Of(Standing standing)
    {
        var actor = standing.Actor;
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, actor.Id));
        identity.AddClaim(new Claim(ClaimTypes.Name, actor.Name));
        identity.AddClaim(new Claim(ClaimTypes.Role, actor.Role));
        identity.AddClaim(new Claim(StampClaim, standing.Stamp));
        if (actor.ScopeCode is { } scope)
        {
            identity.AddClaim(new Claim(Actor.ScopeClaim, scope));
        }

        if (actor.Department is { } department)
        {
            identity.AddClaim(new Claim(Actor.DepartmentClaim, department));
        }

        return new ClaimsPrincipal(identity);
    }
}
