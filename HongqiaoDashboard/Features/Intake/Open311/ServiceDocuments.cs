using System.Globalization;
using HongqiaoDashboard.Features.Incidents.Contracts;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>What the interface says about itself: where it is, which services there are, and what they ask.</summary>
internal sealed class ServiceDocuments(IIncidentCatalog catalog, IOptions<Open311Options> options, IHostEnvironment environment)
{
    private const string Specification = "http://wiki.open311.org/GeoReport_v2";

    /// <summary>Service discovery.</summary>
    /// <param name="baseUrl">Address of <c>/open311/v2</c> as the caller used it.</param>
    public WireDocument Discovery(string baseUrl)
    {
        var o = options.Value;
        return new WireDocument("discovery", new WireRecord(
            ("changeset", o.Changeset),
            ("contact", o.Contact),
            ("key_service", o.KeyService),
            ("endpoints", new WireList("endpoint", [new WireRecord(
                ("specification", Specification),
                ("url", o.PublicUrl?.TrimEnd('/') ?? baseUrl),
                ("changeset", o.Changeset),
                ("type", o.EndpointType ?? (environment.IsProduction() ? "production" : "test")),
                ("formats", new WireList("format", [.. WireFormats.All.Select(f => (WireNode)f.MediaType())])))]))));
    }

    /// <summary>All services: the categories are groups, their types the services.</summary>
    public WireDocument Services(CultureInfo language) =>
        new("services", new WireList("service",
            [.. catalog.Categories.SelectMany(category => category.Types.Where(catalog.IsOffered).Select(type => Service(category, type, language)))]));

    /// <summary>What one service asks; null when there is no such service, or no longer.</summary>
    public WireDocument? Definition(string code, CultureInfo language) =>
        catalog.Type(code) is not { } type || !catalog.IsOffered(type) ? null : new WireDocument("service_definition", new WireRecord(
            ("service_code", type.Code),
            ("attributes", new WireList("attribute", [.. type.Attributes.Select((a, index) => Attribute(a, index + 1, language))]))));

    private static WireRecord Service(IncidentCategory category, IncidentType type, CultureInfo language) => new(
        ("service_code", type.Code),
        ("service_name", Pick(language, type.Name, type.NameEn)),
        ("description", Pick(language, type.Description, type.DescriptionEn)),
        ("metadata", type.Attributes.Count > 0),
        ("type", type.AnswersByToken ? "batch" : "realtime"),
        ("keywords", string.Join(',', type.Keywords)),
        ("group", Pick(language, category.Name, category.NameEn)));

    private static WireRecord Attribute(IncidentAttribute attribute, int order, CultureInfo language) => new(
        // False would mean a note to be shown; ours are all questions.
        ("variable", true),
        ("code", attribute.Code),
        ("datatype", attribute.Datatype),
        ("required", attribute.Required),
        ("datatype_description", attribute.Hint),
        ("order", order),
        ("description", Pick(language, attribute.Description, attribute.DescriptionEn)),
        ("values", new WireList("value", [.. attribute.Values.Select(v => new WireRecord(("key", v.Key), ("name", Pick(language, v.Name, v.NameEn))))])));

    private static string Pick(CultureInfo language, string name, string englishName) => new BothNames(name, englishName).In(language);
}

/// <summary>What the catalogue offers to reporters.</summary>
internal static class OfferedServices
{
    /// <summary>Whether a type may be reported: neither it nor its category has ended.</summary>
    public static bool IsOffered(this IIncidentCatalog catalog, IncidentType type) =>
        catalog.TypeInForce(type.Code) is not null;
}
