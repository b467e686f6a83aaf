using System.Globalization;
using HongqiaoDashboard.Features.Intake.Keys;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Who calls.</summary>
/// <param name="Actor">For the door and for the log of cases.</param>
/// <param name="Reporter">Fingerprint of the key; null without one.</param>
internal sealed record Open311Caller(Actor Actor, string? Reporter)
{
    /// <summary>What the log's identities of programs begin with.</summary>
    public const string IdPrefix = "key:";

    /// <summary>The identity that the log gives a program.</summary>
    public static string IdOf(string reporter) => IdPrefix + reporter;
}

/// <summary>One call, with what its path, query and headers ask for.</summary>
internal sealed class Open311Call(HttpContext http, WireFormat format)
{
    /// <summary>Name of the key in forms and queries.</summary>
    public const string KeyParameter = "api_key";

    private const string Bearer = "Bearer ";

    public HttpContext Http => http;

    public WireFormat Format => format;

    public CultureInfo Language { get; } = Open311Texts.LanguageOf(http.Request);

    public QueryParameters Query { get; } = new(http.Request.Query);

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>A value of the route.</summary>
    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>Who reads. No key is needed; one that is wrong is told, because its holder believes to see more.</summary>
    public Open311Caller Reader(ReporterKeys keys) =>
        KeyOf(null) is { } key ? Reporter(keys, key) : new Open311Caller(Actor.From(http.User) ?? Anonymous, null);

    /// <summary>Who posts; a key is needed.</summary>
    public Open311Caller Poster(ReporterKeys keys, FormFields fields) =>
        Reporter(keys, KeyOf(fields) ?? throw Open311Fault.NotAllowed("KeyMissing").ToException());

    private static Actor Anonymous { get; } = new("anonymous", "anonymous", Roles.Reader, null);

    private Open311Caller Reporter(ReporterKeys keys, string key)
    {
        if (keys.ReporterOf(key) is not { } reporter)
        {
            http.RequestServices.GetRequiredService<IDenials>().Note("open311:key", null, CallOrigin.Of(http));
            throw Open311Fault.NotAllowed("KeyWrong").ToException();
        }

        return new Open311Caller(new Actor(Open311Caller.IdOf(reporter), "Open311 " + reporter, Roles.Reporter, null), reporter);
    }

    private string? KeyOf(FormFields? fields)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return fields?[KeyParameter] ?? Query[KeyParameter]
            ?? (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header[Bearer.Length..].Trim() is { Length: > 0 } key ? key : null);
    }
}
