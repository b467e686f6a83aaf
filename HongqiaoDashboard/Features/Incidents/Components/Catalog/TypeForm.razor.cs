using System.Globalization;
using HongqiaoDashboard.Features.Incidents.Contracts;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Incidents.Components.Catalog;

/// <summary>A type and its questions. It keeps nothing: every change goes up at once.</summary>
public sealed partial class TypeForm
{
    private static readonly char[] Separators = [',', '，', '、', ';', '；'];

    /// <summary>The type.</summary>
    [Parameter, EditorRequired]
    public IncidentType Value { get; set; } = default!;

    /// <summary>What it was in the version that the draft was made from; null for a new one.</summary>
    [Parameter]
    public IncidentType? Before { get; set; }

    /// <summary>Departments to choose from.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Department> Departments { get; set; } = [];

    /// <summary>Whether it is only shown.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>Raised with what it became.</summary>
    [Parameter]
    public EventCallback<IncidentType> OnChange { get; set; }

    private Task Set(IncidentType changed) => OnChange.InvokeAsync(changed);

    private Task SetPhotos(object? value) => int.TryParse(value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var photos)
        ? Set(Value with { PhotosToResolve = Math.Min(photos, 9) })
        : Task.CompletedTask;

    private static string[] Split(string? words) => (words ?? "").Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private IReadOnlyList<IncidentAttribute> Replace(int index, IncidentAttribute changed) => [.. Value.Attributes.Select((known, i) => i == index ? changed : known)];

    private List<IncidentAttribute> Moved(int index, int by)
    {
        var list = Value.Attributes.ToList();
        (list[index], list[index + by]) = (list[index + by], list[index]);
        return list;
    }

    // What no version has had goes; what cases may have answered stays, ended.
    private Task End(int index)
    {
        var attribute = Value.Attributes[index];
        var ended = Before?.Attribute(attribute.Code) is null ? Value.EndedAttributes : [.. Value.EndedAttributes, attribute];
        return Set(Value with { Attributes = [.. Value.Attributes.Where((_, i) => i != index)], EndedAttributes = ended });
    }

    private Task Add()
    {
        var code = Enumerable.Range(1, 99).Select(number => $"q{number}").First(code => Value.Attribute(code) is null);
        return Set(Value with { Attributes = [.. Value.Attributes, new IncidentAttribute(code, "string", false, "", "", "", [])] });
    }
}
