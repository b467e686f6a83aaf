using System.Globalization;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Who calls.</summary>
/// <param name="Actor">For the door and for the log of cases.</param>
/// <param name="Reporter">Fingerprint of the key (<see cref="KeyPrint"/>); null without one.</param>
internal sealed record Open311Caller(Actor Actor, string? Reporter)
{
    /// <summary>The identity that the log gives a program.</summary>
    public static string IdOf(string reporter) => KeyPrint.IdPrefix + reporter;
}

/// <summary>One call, with what its path, query and headers ask for.</summary>
internal sealed class Open311Call(HttpContext http, WireFormat format)
{
    /// <summary>Name of the key in forms and queries.</summary>
    public const string KeyParameter = "api_key";

    public HttpContext Http => http;

    public WireFormat Format => format;

    public CultureInfo Language { get; } = Open311Texts.LanguageOf(http.Request);

    public QueryParameters Query { get; } = new(http.Request.Query);

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>A value of the route.</summary>
    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>Who reads. No key is needed; one that is wrong is told, because its holder believes to see more.</summary>
    public Open311Caller Reader()
    {
        if (KeyOf(null) is not { } key)
        {
            return new Open311Caller(Actor.From(http.User) ?? Anonymous, null);
        }

        var caller = Holder(key);
        return Grants.Of(Policies.PublicIntake).Contains(caller.Actor.Role) ? caller : throw Open311Fault.NotAllowed("KeyOfOtherUse").ToException();
    }

    /// <summary>Who posts; a key is needed, of a reporter or of somebody who works on cases.</summary>
    public Open311Caller Poster(FormFields fields)
    {
        var caller = Holder(KeyOf(fields) ?? throw Open311Fault.NotAllowed("KeyMissing").ToException());
        return caller.Actor.Role == Roles.Reporter || Grants.Of(Policies.WorkCases).Contains(caller.Actor.Role)
            ? caller
            : throw Open311Fault.NotAllowed("KeyOfOtherUse").ToException();
    }

    private static Actor Anonymous { get; } = new("anonymous", "anonymous", Roles.Reader, null);

    private Open311Caller Holder(string key)
    {
        switch (http.Present(key))
        {
            case null:
                http.RequestServices.GetRequiredService<IDenials>().Note("open311:key", null, CallOrigin.Of(http));
                throw Open311Fault.NotAllowed("KeyWrong").ToException();
            case { RetryAfter: { } wait }:
                throw Open311Fault.TooMany(wait).ToException();
            case { Actor: var actor }:
                return new Open311Caller(actor with { Origin = CallOrigin.Of(http) }, actor.Id[KeyPrint.IdPrefix.Length..]);
        }
    }

    private string? KeyOf(FormFields? fields) => fields?[KeyParameter] ?? Query[KeyParameter] ?? PresentedKeys.BearerOf(http.Request);
}
