using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>Addresses of pairing.</summary>
internal static class PairingAddresses
{
    /// <summary>The page with the code.</summary>
    public const string Pair = "/wall/pair";

    /// <summary>Where that page asks how it stands.</summary>
    public const string Status = "/wall/pair/status";

    /// <summary>The page of a display that asked for what it may not show.</summary>
    public const string Refused = "/wall/refused";

    /// <summary>Where a board asks whether its display is still paired, and says what it shows.</summary>
    public const string Standing = "/wall/standing";

    /// <summary>Cookie that a waiting display is known by; sent to the pages of pairing only.</summary>
    public const string Cookie = "hq.pairing";
}

/// <summary>What the scripts of displays ask.</summary>
internal sealed partial class PairingEndpoints(PairingRequests requests, WallShelf shelf, WallSightings sightings) : IDisposable
{
    // A display asks every two seconds; several may stand behind one address.
    private const int AsksPerMinute = 1_200;

    private readonly PartitionedRateLimiter<HttpContext> _asking = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetFixedWindowLimiter(AddressOf(context), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = AsksPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    /// <summary>Maps both.</summary>
    public static void Map(WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<PairingEndpoints>();
        app.MapGet(PairingAddresses.Status, endpoints.Status).AllowAnonymous();
        app.MapGet(PairingAddresses.Standing, endpoints.Standing).RequireAuthorization(Policies.ViewSituation);
    }

    /// <summary>Where a caller is, as limits count: an address of version 6 by its network, of which every subscriber has one.</summary>
    public static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        address = address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address;
        return address switch
        {
            null => "-",
            { AddressFamily: AddressFamily.InterNetworkV6 } => new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]) + "/64",
            _ => address.ToString(),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _asking.Dispose();

    private IResult Status(HttpContext context, string? to)
    {
        using var lease = _asking.AttemptAcquire(context);
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "60";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        context.Response.Headers.CacheControl = "no-store";
        var (state, secret) = requests.Ask(context.Request.Cookies[PairingAddresses.Cookie]);
        if (state == PairingState.Paired && shelf.Find(secret!) is { } wall)
        {
            WallDoor.SetCookie(context, secret!);
            context.Response.Cookies.Delete(PairingAddresses.Cookie, new CookieOptions { Path = PairingAddresses.Pair });
            var board = WallBoards.OfAddress(to) is { } asked && wall.BoardList.Contains(asked) ? to! : WallBoards.AddressOf(wall.BoardList[0]);
            return Results.Json(new { state = "paired", go = board });
        }

        return Results.Json(new { state = state == PairingState.Waiting ? "waiting" : "gone" });
    }

    private IResult Standing(HttpContext context, string? board, string? version)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (Actor.From(context.User) is { Role: Roles.Wall } actor && long.TryParse(actor.Id.AsSpan(WallDevice.IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            // Whatever a display says of itself is shown to administrators: only what can be true is taken.
            sightings.Note(id, WallBoards.All.FirstOrDefault(known => known == board), version is not null && Version().IsMatch(version) ? version : null, FullAddressOf(context));
        }

        return Results.NoContent();
    }

    private static string FullAddressOf(HttpContext context) => (context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress)?.ToString() ?? "-";

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex Version();
}
