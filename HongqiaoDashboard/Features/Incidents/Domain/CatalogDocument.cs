using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>A version of the catalog as it is written; every type names its category.</summary>
/// <param name="Departments">Departments in their order.</param>
/// <param name="Categories">Categories in their order, with their types.</param>
internal sealed record CatalogDocument(IReadOnlyList<Department> Departments, IReadOnlyList<IncidentCategory> Categories)
{
    /// <summary>All types, in their order.</summary>
    public IEnumerable<IncidentType> Types => Categories.SelectMany(category => category.Types);

    public IncidentCategory? Category(string code) => Categories.FirstOrDefault(category => category.Code == code);

    public IncidentType? Type(string code) => Types.FirstOrDefault(type => type.Code == code);

    public Department? Department(string code) => Departments.FirstOrDefault(department => department.Code == code);
}

/// <summary>Parts of a catalog.</summary>
internal enum CatalogPart { Department, Category, Type, Attribute, Value }

/// <summary>A place in a catalog.</summary>
/// <param name="Part">What is there.</param>
/// <param name="Code">Code of the department, category or type.</param>
/// <param name="Attribute">Code of the type's attribute.</param>
/// <param name="Value">Key of the attribute's value.</param>
internal sealed record CatalogPlace(CatalogPart Part, string Code, string? Attribute = null, string? Value = null);
