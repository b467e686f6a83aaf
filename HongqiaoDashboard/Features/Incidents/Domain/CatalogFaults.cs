using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>Something that keeps a catalog from being published.</summary>
/// <param name="Place">Where.</param>
/// <param name="Reason">Why.</param>
internal sealed record CatalogFault(CatalogPlace Place, Refusal Reason);

/// <summary>What a catalog must be, and what it must keep of the one before: history refers to its codes for ever.</summary>
internal static partial class CatalogFaults
{
    /// <summary>Longest name or question.</summary>
    public const int LongestName = 100;

    /// <summary>Longest description.</summary>
    public const int LongestDescription = 400;

    /// <summary>Datatypes of Open311.</summary>
    public static readonly IReadOnlyList<string> Datatypes = ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"];

    /// <summary>Whether a datatype names its answers.</summary>
    /// <param name="datatype">The datatype.</param>
    public static bool IsList(string datatype) => datatype.EndsWith("list", StringComparison.Ordinal);

    /// <summary>All faults of a catalog by itself.</summary>
    /// <param name="catalog">The catalog.</param>
    public static IEnumerable<CatalogFault> Of(CatalogDocument catalog) =>
    [
        .. Twice(catalog.Departments.Select(d => d.Code), code => new(CatalogPart.Department, code)),
        .. Twice(catalog.Categories.Select(c => c.Code), code => new(CatalogPart.Category, code)),
        .. Twice(catalog.Types.Select(t => t.Code), code => new(CatalogPart.Type, code)),
        .. catalog.Departments.SelectMany(Of),
        .. catalog.Categories.SelectMany(category => Of(category).Concat(category.Types.SelectMany(type => Of(type, category, catalog)))),
    ];

    /// <summary>All faults of a catalog as the successor of another one.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="before">The one before it.</param>
    public static IEnumerable<CatalogFault> OfSuccessor(CatalogDocument catalog, CatalogDocument before)
    {
        foreach (var department in before.Departments.Where(department => catalog.Department(department.Code) is null))
        {
            yield return new(new(CatalogPart.Department, department.Code), new("CatalogRemoved"));
        }

        foreach (var category in before.Categories.Where(category => catalog.Category(category.Code) is null))
        {
            yield return new(new(CatalogPart.Category, category.Code), new("CatalogRemoved"));
        }

        foreach (var type in before.Types)
        {
            foreach (var fault in catalog.Type(type.Code) is { } now ? OfSuccessor(now, type) : [new(new(CatalogPart.Type, type.Code), new("CatalogRemoved"))])
            {
                yield return fault;
            }
        }

        foreach (var fault in Of(catalog))
        {
            yield return fault;
        }
    }

    private static IEnumerable<CatalogFault> OfSuccessor(IncidentType type, IncidentType before)
    {
        // Figures by category would change in the past, or no longer fit the case.
        if (type.Category != before.Category)
        {
            yield return new(new(CatalogPart.Type, type.Code), new("CatalogTypeMoved", before.Category));
        }

        foreach (var attribute in before.Attributes.Concat(before.EndedAttributes))
        {
            var place = new CatalogPlace(CatalogPart.Attribute, type.Code, attribute.Code);
            if (type.Attribute(attribute.Code) is not { } now)
            {
                yield return new(place, new("CatalogRemoved"));
                continue;
            }

            // Answers are kept as they were given; read as another datatype they would say something else.
            if (now.Datatype != attribute.Datatype)
            {
                yield return new(place, new("CatalogDatatypeChanged", attribute.Datatype));
            }

            foreach (var value in attribute.Values.Concat(attribute.EndedValues).Where(value => now.Value(value.Key) is null))
            {
                yield return new(place with { Part = CatalogPart.Value, Value = value.Key }, new("CatalogRemoved"));
            }
        }
    }

    private static IEnumerable<CatalogFault> Of(Department department) =>
        Named(new(CatalogPart.Department, department.Code), department.Code, department.Name, department.NameEn);

    private static IEnumerable<CatalogFault> Of(IncidentCategory category)
    {
        var place = new CatalogPlace(CatalogPart.Category, category.Code);
        foreach (var fault in Named(place, category.Code, category.Name, category.NameEn))
        {
            yield return fault;
        }

        if (category.CountsOnly && !category.IsSensitive)
        {
            yield return new(place, new("CatalogCountsNotSensitive"));
        }

        if (category.Ended && category.Types.Any(type => !type.Ended))
        {
            yield return new(place, new("CatalogEndedWithTypes"));
        }

        // Who reports from the street must be able to say what it is without answering anything.
        if (!category.Ended && !category.Types.Any(type => !type.Ended && type.Attributes.All(attribute => !attribute.Required)))
        {
            yield return new(place, new("CatalogNoPlainType"));
        }
    }

    private static IEnumerable<CatalogFault> Of(IncidentType type, IncidentCategory category, CatalogDocument catalog)
    {
        var place = new CatalogPlace(CatalogPart.Type, type.Code);
        foreach (var fault in Named(place, type.Code, type.Name, type.NameEn))
        {
            yield return fault;
        }

        if (type.Category != category.Code)
        {
            yield return new(place, new("CatalogTypeMoved", type.Category));
        }

        if (string.IsNullOrWhiteSpace(type.Description) || string.IsNullOrWhiteSpace(type.DescriptionEn))
        {
            yield return new(place, new("CatalogDescriptionMissing"));
        }

        if (Math.Max(type.Description.Length, type.DescriptionEn.Length) > LongestDescription)
        {
            yield return new(place, new("CatalogTooLong", LongestDescription));
        }

        if (catalog.Department(type.Department) is not { } department)
        {
            yield return new(place, new("CatalogUnknownDepartment", type.Department));
        }
        else if (department.Ended && !type.Ended)
        {
            yield return new(place, new("CatalogEndedDepartment", department.Code));
        }

        if (type.PhotosToResolve is < 0 or > 9)
        {
            yield return new(place, new("CatalogPhotos", 9));
        }

        foreach (var fault in Twice(type.Attributes.Concat(type.EndedAttributes).Select(a => a.Code), code => new(CatalogPart.Attribute, type.Code, code)))
        {
            yield return fault;
        }

        foreach (var fault in type.Attributes.Concat(type.EndedAttributes).SelectMany(attribute => Of(type, attribute)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<CatalogFault> Of(IncidentType type, IncidentAttribute attribute)
    {
        var place = new CatalogPlace(CatalogPart.Attribute, type.Code, attribute.Code);
        foreach (var fault in Named(place, attribute.Code, attribute.Description, attribute.DescriptionEn))
        {
            yield return fault;
        }

        if (!Datatypes.Contains(attribute.Datatype))
        {
            yield return new(place, new("CatalogUnknownDatatype", attribute.Datatype));
        }
        else if (IsList(attribute.Datatype) != (attribute.Values.Count > 0))
        {
            yield return new(place, new("CatalogValuesAndDatatype"));
        }

        CatalogPlace At(string key) => place with { Part = CatalogPart.Value, Value = key };
        var values = attribute.Values.Concat(attribute.EndedValues).ToList();
        foreach (var fault in Twice(values.Select(value => value.Key), At).Concat(values.SelectMany(value => Named(At(value.Key), value.Key, value.Name, value.NameEn))))
        {
            yield return fault;
        }
    }

    private static IEnumerable<CatalogFault> Named(CatalogPlace place, string code, string name, string nameEn)
    {
        if (!Code().IsMatch(code))
        {
            yield return new(place, new("CatalogCode"));
        }

        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(nameEn))
        {
            yield return new(place, new("CatalogNameMissing"));
        }

        if (Math.Max(name.Length, nameEn.Length) > LongestName)
        {
            yield return new(place, new("CatalogTooLong", LongestName));
        }
    }

    private static IEnumerable<CatalogFault> Twice(IEnumerable<string> codes, Func<string, CatalogPlace> place) =>
        codes.GroupBy(code => code).Where(group => group.Count() > 1).Select(group => new CatalogFault(place(group.Key), new("CatalogTwice")));

    // What stands in addresses, forms and files without being escaped.
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_\-]{0,31}\z")]
    private static partial Regex Code();
}
