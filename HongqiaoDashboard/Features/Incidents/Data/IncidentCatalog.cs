using System.Collections.Frozen;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>One version of categories, types and departments, quick to ask.</summary>
internal sealed class IncidentCatalog(CatalogDocument document) : IIncidentCatalog
{
    private readonly FrozenDictionary<string, IncidentCategory> _categories = document.Categories.ToFrozenDictionary(c => c.Code);
    private readonly FrozenDictionary<string, IncidentType> _types = document.Types.ToFrozenDictionary(t => t.Code);
    private readonly FrozenDictionary<string, Department> _departments = document.Departments.ToFrozenDictionary(d => d.Code);

    /// <summary>What it is made of.</summary>
    public CatalogDocument Document => document;

    public IReadOnlyList<IncidentCategory> Categories => document.Categories;

    public IReadOnlyList<Department> Departments => document.Departments;

    public IncidentCategory? Category(string code) => _categories.GetValueOrDefault(code);

    public IncidentType? Type(string code) => _types.GetValueOrDefault(code);

    public Department? Department(string code) => _departments.GetValueOrDefault(code);

    /// <summary>Reads a catalog file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">Lists every fault of the file.</exception>
    public static IncidentCatalog Read(string path)
    {
        var document = CatalogFile.Parse(File.ReadAllText(path));
        var faults = CatalogFaults.Of(document).Select(fault => $"{fault.Place}: {fault.Reason.Code} {string.Join(", ", fault.Reason.Arguments)}").ToList();
        return faults.Count == 0 ? new IncidentCatalog(document) : throw new InvalidDataException($"{path}:\n  {string.Join("\n  ", faults)}");
    }
}
