using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Categories, types and departments, read from one validated file; all its faults are reported together.</summary>
internal sealed class IncidentCatalog : IIncidentCatalog
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly string[] Datatypes = ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"];

    private readonly FrozenDictionary<string, IncidentCategory> _categories;
    private readonly FrozenDictionary<string, IncidentType> _types;
    private readonly FrozenDictionary<string, Department> _departments;

    private IncidentCatalog(CatalogFile file)
    {
        Departments = file.Departments;
        Categories = [.. file.Categories.Select(c => c with { Types = [.. c.Types.Select(t => t with { Category = c.Code })] })];
        _departments = Departments.ToFrozenDictionary(d => d.Code);
        _categories = Categories.ToFrozenDictionary(c => c.Code);
        _types = Categories.SelectMany(c => c.Types).ToFrozenDictionary(t => t.Code);
    }

    public IReadOnlyList<IncidentCategory> Categories { get; }

    public IReadOnlyList<Department> Departments { get; }

    public IncidentCategory? Category(string code) => _categories.GetValueOrDefault(code);

    public IncidentType? Type(string code) => _types.GetValueOrDefault(code);

    public Department? Department(string code) => _departments.GetValueOrDefault(code);

    /// <summary>Reads a catalog file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">Lists every fault of the file.</exception>
    public static IncidentCatalog Read(string path)
    {
        using var stream = File.OpenRead(path);
        var file = JsonSerializer.Deserialize<CatalogFile>(stream, Format) ?? throw new InvalidDataException($"{path} is empty.");
        var faults = Faults(file).ToList();
        return faults.Count == 0 ? new IncidentCatalog(file) : throw new InvalidDataException($"{path}:\n  {string.Join("\n  ", faults)}");
    }

    private static IEnumerable<string> Faults(CatalogFile file)
    {
        var departments = file.Departments.Select(d => d.Code).ToHashSet();
        foreach (var code in Twice(file.Departments.Select(d => d.Code)).Concat(Twice(file.Categories.Select(c => c.Code)))
                     .Concat(Twice(file.Categories.SelectMany(c => c.Types).Select(t => t.Code))))
        {
            yield return $"The code '{code}' stands twice.";
        }

        foreach (var type in file.Categories.SelectMany(c => c.Types))
        {
            if (!departments.Contains(type.Department))
            {
                yield return $"Type '{type.Code}' names the department '{type.Department}', which does not exist.";
            }

            foreach (var attribute in type.Attributes)
            {
                if (!Datatypes.Contains(attribute.Datatype))
                {
                    yield return $"Type '{type.Code}', attribute '{attribute.Code}': the datatype '{attribute.Datatype}' is not one of {string.Join(", ", Datatypes)}.";
                }

                if (attribute.Datatype.EndsWith("list", StringComparison.Ordinal) != (attribute.Values.Count > 0))
                {
                    yield return $"Type '{type.Code}', attribute '{attribute.Code}': values belong to the list datatypes and only to them.";
                }
            }
        }
    }

    private static IEnumerable<string> Twice(IEnumerable<string> codes) => codes.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key);

    private sealed record CatalogFile(List<Department> Departments, List<IncidentCategory> Categories);
}
