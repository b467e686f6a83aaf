using System.Globalization;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Incidents.Components.Catalog;

/// <summary>Says what a catalog says, in the reader's language; what has just been taken out is named by the catalog before.</summary>
internal sealed class CatalogWords(IStringLocalizer<IncidentsTexts> text)
{
    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public static string Name(Department department) => English ? department.NameEn : department.Name;

    public static string Name(IncidentCategory category) => English ? category.NameEn : category.Name;

    public static string Name(IncidentType type) => English ? type.NameEn : type.Name;

    /// <summary>A change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="catalog">The catalog that has it.</param>
    public string Change(CatalogChange change, CatalogDocument catalog) => change.What is "Added" or "Ended" or "Restored"
        ? text[$"Catalog.{change.What}", Place(change.Place, catalog)]
        : text["Catalog.Changed", Place(change.Place, catalog), text[$"Catalog.Member.{change.What}"].Value, Value(change.What, change.Before, catalog), Value(change.What, change.After, catalog)];

    /// <summary>A fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="catalog">The catalog that has it.</param>
    public string Fault(CatalogFault fault, CatalogDocument catalog) => text["Catalog.Fault", Place(fault.Place, catalog), text[fault.Reason.Code, fault.Reason.Arguments].Value];

    private string Place(CatalogPlace place, CatalogDocument catalog)
    {
        var name = place.Part switch
        {
            CatalogPart.Department => catalog.Department(place.Code) is { } department ? Name(department) : "",
            CatalogPart.Category => catalog.Category(place.Code) is { } category ? Name(category) : "",
            _ => catalog.Type(place.Code) is { } type ? Name(type) : "",
        };
        var part = place.Part is CatalogPart.Attribute or CatalogPart.Value ? CatalogPart.Type : place.Part;
        return string.Join(' ', ((string?[])[
            text[$"Catalog.Part.{part}"], place.Code, name,
            place.Attribute is null ? null : $"· {text["Catalog.Part.Attribute"]} {place.Attribute}",
            place.Value is null ? null : $"· {text["Catalog.Part.Value"]} {place.Value}",
        ]).Where(word => !string.IsNullOrEmpty(word)));
    }

    private string Value(string what, string value, CatalogDocument catalog) => what switch
    {
        "Severity" => text[$"Severity.{value}"],
        "Department" => catalog.Department(value) is { } department ? Name(department) : value,
        "Datatype" => text[$"Catalog.Datatype.{value}"],
        _ when value.Length == 0 => text["Catalog.Nothing"],
        _ when value is "Yes" or "No" => text[$"Catalog.{value}"],
        _ => value,
    };
}
