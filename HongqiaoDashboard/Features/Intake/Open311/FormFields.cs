using System.Diagnostics.CodeAnalysis;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>The fields of a posted form, verbatim and in their order. An empty field counts as absent.</summary>
internal sealed class FormFields
{
    private const string ListSuffix = "[]";

    private readonly List<(string Name, string Value)> _all;
    private readonly ILookup<string, string> _byName;

    public FormFields(IEnumerable<(string Name, string Value)> fields)
    {
        _all = [.. fields];
        _byName = _all.Where(f => f.Value.Length > 0).ToLookup(f => f.Name, f => f.Value, StringComparer.Ordinal);
    }

    /// <summary>All that was sent.</summary>
    public IReadOnlyList<(string Name, string Value)> All => _all;

    /// <summary>Names of fields that have a value.</summary>
    public IEnumerable<string> Names => _byName.Select(group => group.Key);

    /// <summary>Fields that were sent more than once and are no lists: it is unknowable which of them was meant.</summary>
    public IEnumerable<string> Repeated =>
        _byName.Where(group => !group.Key.EndsWith(ListSuffix, StringComparison.Ordinal) && group.Skip(1).Any()).Select(group => group.Key);

    /// <summary>The value of a field, or null.</summary>
    public string? this[string name] => _byName[name].FirstOrDefault();

    /// <summary>The values of a list field.</summary>
    public IReadOnlyList<string> ListOf(string name) => [.. _byName[name + ListSuffix]];

    /// <summary>The value of a field, if it has one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out string? value) => (value = this[name]) is not null;
}
