using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>
/// The Content-Security-Policy. Scripts are files of this program, or carry the document's nonce; nothing is evaluated and no
/// attribute of an element is a script. Styles may be inline, which MudBlazor, Leaflet and Blazor's own style attributes need.
/// </summary>
internal sealed partial class ContentPolicy
{
    private readonly string _before;
    private readonly string _after;
    private readonly string _plain;

    /// <summary>Makes it.</summary>
    /// <param name="tiles">Address of the map's tile server, with Leaflet's places in braces; null for none.</param>
    public ContentPolicy(string? tiles)
    {
        _before = "default-src 'self'; script-src 'self'";
        _after = $"; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:{(SourceOf(tiles) is { } source ? " " + source : "")}; connect-src 'self'; "
            + "worker-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        _plain = _before + _after;
    }

    /// <summary>The header's value.</summary>
    /// <param name="nonce">The document's nonce; null for what is no document.</param>
    public string With(string? nonce) => nonce is null ? _plain : $"{_before} 'nonce-{nonce}'{_after}";

    /// <summary>What a policy calls the server of an address with places in braces; null for none, or one of our own.</summary>
    /// <param name="tiles">For example <c>https://{s}.tiles.example/{z}/{x}/{y}.png</c>.</param>
    public static string? SourceOf(string? tiles) => tiles is not null && Server().Match(tiles) is { Success: true } server
        ? $"{server.Groups["scheme"].Value}://{(server.Groups["varies"].Success ? "*." : "")}{server.Groups["host"].Value}"
        : null;

    // A place in the name can only be its first part, since a policy knows no other.
    [GeneratedRegex(@"^(?<scheme>https?)://(?<varies>[^/.]*\{[^/.}]+\}[^/.]*\.)?(?<host>[A-Za-z0-9.\-]+(:\d+)?)(/|$)")]
    private static partial Regex Server();
}
