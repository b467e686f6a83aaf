using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>One click into each role, in a demo and at this machine only. Its accounts have no password, so that nobody signs in with them otherwise.</summary>
internal static class TrialEndpoint
{
    /// <summary>Where the sign-in page posts the chosen role to.</summary>
    public const string Path = "/account/trial";

    private const string Prefix = "demo-";

    /// <summary>Whether roles are offered to whoever makes this request.</summary>
    /// <param name="http">The request.</param>
    public static bool IsOffered(HttpContext http) =>
        LoopbackCaller.Is(http) && http.RequestServices.GetService<ITrialAccess>()?.IsOffered == true;

    /// <summary>Maps it.</summary>
    /// <param name="app">The composed application.</param>
    public static void Map(WebApplication app) =>
        app.MapPost(Path, TakeAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute()).AddEndpointFilter<OwnFormFilter>();

    private static async Task<IResult> TakeAsync(HttpContext http, SignInDesk signIn, AccountLane lane, AccountDesk desk, UserManager<Account> users, IStringLocalizer<AccountTexts> text)
    {
        if (!IsOffered(http))
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["role"].ToString() is not { Length: > 0 } role || !AccountRules.OfPeople.Contains(role))
        {
            return Results.BadRequest();
        }

        var account = await users.FindByNameAsync(Prefix + role) ?? await MakeAsync(role, http, lane, desk, users, text);
        if (!account.IsActive)
        {
            return Results.NotFound();
        }

        await signIn.AsAsync(account);
        return Results.LocalRedirect(WebShell.LocalOrHome(form["returnTo"]));
    }

    // A role that is bound somewhere gets the first place of its kind.
    private static async Task<Account> MakeAsync(string role, HttpContext http, AccountLane lane, AccountDesk desk, UserManager<Account> users, IStringLocalizer<AccountTexts> text)
    {
        var (grids, catalog) = (http.RequestServices.GetRequiredService<IGridDirectory>(), http.RequestServices.GetRequiredService<IIncidentCatalog>());
        var reach = AccountRules.ReachOf(role);
        GridTier? tier = reach switch
        {
            Reach.Street => GridTier.Street,
            Reach.Community => GridTier.Community,
            Reach.CommunityOrBasic => GridTier.Basic,
            _ => null,
        };
        var scope = tier is null ? null : grids.Current.Units.First(unit => unit.Tier == tier).Code;
        var department = reach == Reach.Department ? catalog.Departments[0].Code : null;
        var draft = desk.Judge(new AccountDraft(Prefix + role, text[$"Role.{role}"], role, scope, department));
        try
        {
            return await lane.WriteAsync(writing => desk.Add(writing, draft, Actor.Nobody with { Origin = CallOrigin.Of(http) }), http.RequestAborted);
        }
        catch (RefusedException e) when (e.Refusal.Code == "UserNameTaken")
        {
            // Clicked twice: the other click has made it.
            return (await users.FindByNameAsync(Prefix + role))!;
        }
    }
}
