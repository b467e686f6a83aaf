using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Antiforgery;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>Signs the browser out and closes whatever it, or another tab of it, has open.</summary>
internal static class SignOutEndpoint
{
    /// <summary>Where it is posted to.</summary>
    public const string Path = "/account/sign-out";

    /// <summary>Maps it.</summary>
    /// <param name="app">The composed application.</param>
    public static void Map(WebApplication app) =>
        app.MapPost(Path, OutAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute()).AddEndpointFilter<OwnFormFilter>();

    private static async Task<IResult> OutAsync(HttpContext http, SignInDesk signIn, LiveConnections connections, IWriteLane lane)
    {
        await signIn.OutAsync();
        if (Actor.From(http.User) is { } actor)
        {
            await lane.AuditAsync(new AuditRecord(AuditActs.SignedOut, actor.Id), actor, http.RequestAborted);
            // Other devices of the same account come back by themselves: their cookie still holds.
            connections.End(actor.Id);
        }

        return Results.LocalRedirect(AccountAuthentication.SignInPath);
    }
}
