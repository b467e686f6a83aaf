using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>Finds types and departments by code or by name in either language; ended ones too, for history has them.</summary>
internal sealed class CatalogNames
{
    private readonly Dictionary<string, string> _types;
    private readonly Dictionary<string, string> _departments;

    public CatalogNames(IIncidentCatalog catalog)
    {
        _types = Book(catalog.Categories.SelectMany(category => category.Types).Select(type => (type.Code, type.Name, type.NameEn)));
        _departments = Book(catalog.Departments.Select(department => (department.Code, department.Name, department.NameEn)));
    }

    /// <summary>The code of a type, or null.</summary>
    /// <param name="named">Code or name.</param>
    public string? Type(string named) => _types.GetValueOrDefault(named);

    /// <summary>The code of a department, or null.</summary>
    /// <param name="named">Code or name.</param>
    public string? Department(string named) => _departments.GetValueOrDefault(named);

    // A name that two share means neither; codes go before names.
    private static Dictionary<string, string> Book(IEnumerable<(string Code, string Name, string NameEn)> things)
    {
        var list = things.ToList();
        var book = list.SelectMany(thing => ((string[])[thing.Name, thing.NameEn]).Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (name, thing.Code)))
            .GroupBy(pair => pair.name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.Single().Code, StringComparer.OrdinalIgnoreCase);
        foreach (var (code, _, _) in list)
        {
            book[code] = code;
        }

        return book;
    }
}
