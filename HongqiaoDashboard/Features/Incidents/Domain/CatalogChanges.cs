using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>What a catalog says differently from another one.</summary>
/// <param name="Place">Where.</param>
/// <param name="What"><c>Added</c>, <c>Ended</c>, <c>Restored</c>, or the name of a member.</param>
/// <param name="Before">What the member was.</param>
/// <param name="After">What it is.</param>
internal sealed record CatalogChange(CatalogPlace Place, string What, string Before = "", string After = "");

/// <summary>Compares catalogs. What only the first one has is a fault and no change.</summary>
internal static class CatalogChanges
{
    /// <summary>All changes, in the order of the catalog.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    public static IReadOnlyList<CatalogChange> Between(CatalogDocument before, CatalogDocument after) =>
    [
        .. after.Departments.SelectMany(now => Of(new(CatalogPart.Department, now.Code), before.Department(now.Code), now, d => d.Ended, Members)),
        .. after.Categories.SelectMany(now => Of(new(CatalogPart.Category, now.Code), before.Category(now.Code), now, c => c.Ended, Members)
            .Concat(now.Types.SelectMany(type => Of(type, before.Type(type.Code))))),
    ];

    private static IEnumerable<CatalogChange> Of(IncidentType now, IncidentType? was)
    {
        var changes = Of(new(CatalogPart.Type, now.Code), was, now, type => type.Ended, Members);
        if (was is null)
        {
            return changes;
        }

        var order = was.Attributes.Select(a => a.Code).Intersect(now.Attributes.Select(a => a.Code)).SequenceEqual(now.Attributes.Select(a => a.Code).Intersect(was.Attributes.Select(a => a.Code)))
            ? [] : (CatalogChange[])[new(new(CatalogPart.Type, now.Code), "Order", Codes(was), Codes(now))];
        return changes.Concat(order).Concat(now.Attributes.Concat(now.EndedAttributes).SelectMany(attribute => Of(
            new(CatalogPart.Attribute, now.Code, attribute.Code),
            was.Attribute(attribute.Code) is { } known ? Tuple.Create(known, was.EndedAttributes.Contains(known)) : null,
            Tuple.Create(attribute, now.EndedAttributes.Contains(attribute)),
            pair => pair.Item2,
            pair => Members(pair.Item1))));
    }

    private static IEnumerable<CatalogChange> Of<T>(CatalogPlace place, T? was, T now, Func<T, bool> ended, Func<T, IEnumerable<(string Name, string Value)>> members) where T : class
    {
        if (was is null)
        {
            return [new(place, "Added")];
        }

        var stood = ended(was) == ended(now) ? [] : (CatalogChange[])[new(place, ended(now) ? "Ended" : "Restored")];
        return stood.Concat(members(was).Zip(members(now)).Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new CatalogChange(place, pair.First.Name, pair.First.Value, pair.Second.Value)));
    }

    private static IEnumerable<(string, string)> Members(Department department) => [("Name", department.Name), ("NameEn", department.NameEn)];

    private static IEnumerable<(string, string)> Members(IncidentCategory category) =>
        [("Name", category.Name), ("NameEn", category.NameEn), ("IsSensitive", Flag(category.IsSensitive)), ("CountsOnly", Flag(category.CountsOnly))];

    private static IEnumerable<(string, string)> Members(IncidentType type) =>
    [
        ("Name", type.Name), ("NameEn", type.NameEn), ("Description", type.Description), ("DescriptionEn", type.DescriptionEn), ("Severity", type.Severity.ToString()),
        ("Department", type.Department), ("Keywords", string.Join(", ", type.Keywords)), ("PhotosToResolve", $"{type.PhotosToResolve}"), ("AnswersByToken", Flag(type.AnswersByToken)),
    ];

    private static IEnumerable<(string, string)> Members(IncidentAttribute attribute) =>
    [
        ("Datatype", attribute.Datatype), ("Required", Flag(attribute.Required)), ("Question", attribute.Description), ("QuestionEn", attribute.DescriptionEn), ("Hint", attribute.Hint),
        ("Values", Said(attribute.Values)), ("EndedValues", Said(attribute.EndedValues)),
    ];

    private static string Said(IEnumerable<AttributeValue> values) => string.Join(", ", values.Select(value => $"{value.Key}={value.Name}/{value.NameEn}"));

    private static string Codes(IncidentType type) => string.Join(", ", type.Attributes.Select(attribute => attribute.Code));

    private static string Flag(bool value) => value ? "Yes" : "No";
}
