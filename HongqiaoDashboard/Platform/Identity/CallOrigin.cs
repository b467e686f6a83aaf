using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>
/// Where somebody acts from. An address is personal data: it goes into the audit trail and nowhere else, so it never prints itself.
/// </summary>
/// <param name="Address">The peer's address, or <see cref="Console"/>'s word.</param>
/// <param name="Connection">The server's own name of the connection; a page's circuit keeps one as long as it lasts.</param>
public sealed record CallOrigin(string Address, string? Connection = null)
{
    private const string ClaimType = "hq:origin";

    /// <summary>The command line of this machine.</summary>
    public static CallOrigin Console { get; } = new("console");

    /// <summary>Reads where a request comes from.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Null for a request without a peer.</returns>
    public static CallOrigin? Of(HttpContext context) => context.Connection.RemoteIpAddress is { } peer
        ? new CallOrigin((peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).ToString(), context.Connection.Id)
        : null;

    /// <summary>Reads it out of a principal that <see cref="OriginClaims"/> has marked.</summary>
    /// <param name="principal">The caller.</param>
    public static CallOrigin? Of(ClaimsPrincipal principal) => principal.FindFirstValue(ClaimType)?.Split(' ', 2) switch
    {
        [var address, var connection] => new CallOrigin(address, connection),
        [var address] => new CallOrigin(address),
        _ => null,
    };

    /// <summary>The same principal with where it comes from, and with nothing that it may have brought along for that.</summary>
    /// <param name="principal">The caller.</param>
    public ClaimsPrincipal Mark(ClaimsPrincipal principal)
    {
        var marked = principal.Clone();
        foreach (var identity in marked.Identities)
        {
            foreach (var brought in identity.FindAll(ClaimType).ToList())
            {
                identity.RemoveClaim(brought);
            }
        }

        marked.AddIdentity(new ClaimsIdentity([new Claim(ClaimType, Connection is null ? Address : $"{Address} {Connection}")]));
        return marked;
    }

    /// <inheritdoc/>
    public override string ToString() => nameof(CallOrigin);
}

/// <summary>
/// Marks whoever signs in, by whatever scheme, with where the request comes from. A page's circuit takes its principal over when
/// it begins, so pages know it without a request.
/// </summary>
internal sealed class OriginClaims(IHttpContextAccessor requests) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) =>
        Task.FromResult(requests.HttpContext is { } context && CallOrigin.Of(context) is { } origin ? origin.Mark(principal) : principal);
}
