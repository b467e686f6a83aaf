using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>Changes a catalog into another one; the first is never touched.</summary>
internal static class CatalogEdits
{
    /// <summary>Puts a department in the place of the one of a code, or at the end.</summary>
    public static CatalogDocument With(this CatalogDocument catalog, string code, Department department) =>
        catalog with { Departments = Put(catalog.Departments, known => known.Code == code, department) };

    /// <summary>Puts a category in the place of the one of a code, or at the end. Its types follow its code, and end with it.</summary>
    public static CatalogDocument With(this CatalogDocument catalog, string code, IncidentCategory category) => catalog with
    {
        Categories = Put(catalog.Categories, known => known.Code == code, category with
        {
            Types = [.. category.Types.Select(type => type with { Category = category.Code, Ended = type.Ended || category.Ended })],
        }),
    };

    /// <summary>Puts a type in the place of the one of a code within its category, or at the category's end.</summary>
    public static CatalogDocument With(this CatalogDocument catalog, string code, IncidentType type) => catalog with
    {
        Categories = [.. catalog.Categories.Select(category => category.Code == type.Category ? category with { Types = Put(category.Types, known => known.Code == code, type) } : category)],
    };

    /// <summary>Takes something out that no version has had yet.</summary>
    public static CatalogDocument Without(this CatalogDocument catalog, CatalogPlace place) => place.Part switch
    {
        CatalogPart.Department => catalog with { Departments = [.. catalog.Departments.Where(department => department.Code != place.Code)] },
        CatalogPart.Category => catalog with { Categories = [.. catalog.Categories.Where(category => category.Code != place.Code)] },
        _ => catalog with { Categories = [.. catalog.Categories.Select(category => category with { Types = [.. category.Types.Where(type => type.Code != place.Code)] })] },
    };

    /// <summary>A code that nothing has yet, next in the way the shipped ones are made.</summary>
    public static string NextCategoryCode(this CatalogDocument catalog) => Next("", catalog.Categories.Select(category => category.Code));

    /// <inheritdoc cref="NextCategoryCode"/>
    public static string NextTypeCode(this CatalogDocument catalog, string category) => Next(category, catalog.Types.Select(type => type.Code));

    private static string Next(string prefix, IEnumerable<string> codes)
    {
        var taken = codes.ToHashSet();
        return Enumerable.Range(1, 9999).Select(number => $"{prefix}{number:D2}").First(code => !taken.Contains(code));
    }

    private static IReadOnlyList<T> Put<T>(IReadOnlyList<T> all, Func<T, bool> isIt, T one) =>
        all.Any(isIt) ? [.. all.Select(known => isIt(known) ? one : known)] : [.. all, one];
}
