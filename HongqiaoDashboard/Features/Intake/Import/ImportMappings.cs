using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Reference;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>All saved mappings, as one thing with versions: who changed what, and when, stays on record.</summary>
/// <param name="Mappings">In the order of their names.</param>
internal sealed record MappingShelf(IReadOnlyList<ImportMapping> Mappings);

/// <summary>Saves mappings by name; pages and the verb choose among them.</summary>
internal sealed class ImportMappings(IReadDoor door, IWriteLane lane) : VersionedBook<MappingShelf>("import-mappings", door, lane)
{
    private const int LongestName = 60;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>A mapping by its name, or null. Upper and lower case are the same.</summary>
    /// <param name="name">Its name.</param>
    public ImportMapping? Named(string name) => InForce.Value.Mappings.FirstOrDefault(mapping => Is(mapping, name));

    /// <summary>Saves a mapping, in place of the one of the same name.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="actor">Who saves it.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="RefusedException"><c>MappingName</c>, <c>ChangedMeanwhile</c>, or a fault of the mapping.</exception>
    public Task SaveAsync(ImportMapping mapping, Actor actor, CancellationToken cancellation = default)
    {
        mapping = mapping with { Name = mapping.Name.Trim() };
        if (mapping.Name.Length is 0 or > LongestName || mapping.Name.Any(char.IsControl))
        {
            throw new RefusedException("MappingName", LongestName);
        }

        if (mapping.Faults().FirstOrDefault() is { } fault)
        {
            throw new RefusedException(fault);
        }

        var (version, shelf) = InForce;
        return PublishAsync(
            new MappingShelf([.. shelf.Mappings.Where(other => !Is(other, mapping.Name)).Append(mapping).OrderBy(m => m.Name, StringComparer.Ordinal)]),
            version, "+ " + mapping.Name, actor, cancellation);
    }

    /// <summary>Takes a mapping away; its versions stay on record.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="actor">Who takes it away.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    public Task RemoveAsync(string name, Actor actor, CancellationToken cancellation = default)
    {
        var (version, shelf) = InForce;
        return PublishAsync(new MappingShelf([.. shelf.Mappings.Where(other => !Is(other, name))]), version, "- " + name, actor, cancellation);
    }

    // Each mapping is judged when it is saved; one that has gone bad since must not keep the others from being saved.
    protected override void Judge(MappingShelf value, MappingShelf before) { }

    protected override MappingShelf Shipped() => new([]);

    protected override MappingShelf Parse(string content, int version) =>
        new([.. JsonSerializer.Deserialize<string[]>(content, Format)!.Select(ImportMapping.FromJson)]);

    protected override string Write(MappingShelf value) => JsonSerializer.Serialize(value.Mappings.Select(mapping => mapping.ToJson()), Format);

    private static bool Is(ImportMapping mapping, string name) => mapping.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);
}
