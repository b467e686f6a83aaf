using System.Reflection;
using System.Security.Claims;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using RouteData = Microsoft.AspNetCore.Components.RouteData;

namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>The boards that a display can be given, by the last part of their address.</summary>
internal static class WallBoards
{
    /// <summary>Where all boards are.</summary>
    public const string Root = "/wall/";

    /// <summary>Claim with the names of the boards that a display may show, comma between them.</summary>
    public const string Claim = "hq:boards";

    /// <summary>Names of all boards; a test holds them against the pages.</summary>
    public static IReadOnlyList<string> All { get; } = ["situation", "campaigns"];

    /// <summary>Address of a board.</summary>
    public static string AddressOf(string board) => Root + board;

    /// <summary>The board that an address names, whatever its query asks of it; null for none.</summary>
    public static string? OfAddress(string? address)
    {
        if (address?.StartsWith(Root, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var name = address[Root.Length..].Split('?', '#')[0];
        return All.Contains(name) ? name : null;
    }

    /// <summary>The boards that a display may show, the first one first; none for anybody who is no display.</summary>
    public static IReadOnlyList<string> Of(ClaimsPrincipal? display) => display?.FindFirstValue(Claim)?.Split(',') ?? [];
}

/// <summary>
/// A display sees its boards and no other page, whichever way it asks: by an address or within a circuit. A veto beside every policy, so that
/// a new page need not think of displays.
/// </summary>
internal sealed class WallBoardsHandler : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.IsInRole(Roles.Wall) && PageOf(context.Resource) is { } page && !Shows(page, WallBoards.Of(context.User)))
        {
            context.Fail(new AuthorizationFailureReason(this, "The display may not show this page."));
        }

        return Task.CompletedTask;
    }

    private static Type? PageOf(object? resource) => resource switch
    {
        HttpContext http => http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type,
        RouteData route => route.PageType,
        _ => null,
    };

    private static bool Shows(Type page, IReadOnlyList<string> boards) =>
        page.GetCustomAttributes<RouteAttribute>().Any(route => boards.Any(board => route.Template == WallBoards.AddressOf(board)));
}
