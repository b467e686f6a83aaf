using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Intake.Import.Pages;

/// <summary>Edits where the fields of a case come from.</summary>
public sealed partial class MappingEditor
{
    private static readonly string[] Encodings = ["utf-8", "gb18030", "big5", "windows-1252"];

    /// <summary>What is edited.</summary>
    [Parameter]
    [EditorRequired]
    public MappingForm Form { get; set; } = default!;

    /// <summary>The file's columns.</summary>
    [Parameter]
    public IReadOnlyList<string> Columns { get; set; } = [];

    /// <summary>Values found in the column of types.</summary>
    [Parameter]
    public IReadOnlyList<string> Found { get; set; } = [];

    /// <summary>Told after each change.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    // What the mapping names stays on offer, also when this file lacks it.
    private IEnumerable<string> Choices(FieldForm field) => Columns.Where(column => column.Length > 0).Union(field.From, StringComparer.OrdinalIgnoreCase);

    private Task Set(Action change)
    {
        change();
        return Changed.InvokeAsync();
    }
}
