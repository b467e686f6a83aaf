using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Incidents.Components.Catalog;

/// <summary>A question of a type. What a version already has keeps its code and datatype: cases have answered it.</summary>
public sealed partial class AttributeForm
{
    /// <summary>The question.</summary>
    [Parameter, EditorRequired]
    public IncidentAttribute Value { get; set; } = default!;

    /// <summary>What it was in the version that the draft was made from; null for a new one.</summary>
    [Parameter]
    public IncidentAttribute? Before { get; set; }

    /// <summary>Whether it is only shown.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>Whether it is asked no longer.</summary>
    [Parameter]
    public bool IsEnded { get; set; }

    /// <summary>Whether it may be asked again.</summary>
    [Parameter]
    public bool CanRestore { get; set; }

    /// <summary>Whether none comes before it.</summary>
    [Parameter]
    public bool IsFirst { get; set; }

    /// <summary>Whether none comes after it.</summary>
    [Parameter]
    public bool IsLast { get; set; }

    /// <summary>Raised with what it became.</summary>
    [Parameter]
    public EventCallback<IncidentAttribute> OnChange { get; set; }

    /// <summary>Raised with the number of places that it shall move.</summary>
    [Parameter]
    public EventCallback<int> OnMove { get; set; }

    /// <summary>Raised when it shall be asked no longer.</summary>
    [Parameter]
    public EventCallback OnEnd { get; set; }

    /// <summary>Raised when it shall be asked again.</summary>
    [Parameter]
    public EventCallback OnRestore { get; set; }

    private static string Said(ChangeEventArgs e) => (e.Value as string ?? "").Trim();

    private Task Set(IncidentAttribute changed) => OnChange.InvokeAsync(changed);

    // Of the value as it is now, not as it was drawn: who types fast is two fields ahead of the drawing.
    private Task Set(int index, Func<AttributeValue, AttributeValue> change) => Set(Value with { Values = [.. Value.Values.Select((known, i) => i == index ? change(known) : known)] });

    private Task Retype(string datatype) => Set(Value with { Datatype = datatype, Values = CatalogFaults.IsList(datatype) ? Value.Values : [] });

    private Task AddValue()
    {
        var key = Enumerable.Range(1, 99).Select(number => $"v{number}").First(key => Value.Value(key) is null);
        return Set(Value with { Values = [.. Value.Values, new AttributeValue(key, "", "")] });
    }

    // What no version has had goes; what cases may have answered stays, ended.
    private Task End(AttributeValue value) => Set(Value with
    {
        Values = [.. Value.Values.Where(known => known.Key != value.Key)],
        EndedValues = Before?.Value(value.Key) is null ? Value.EndedValues : [.. Value.EndedValues, value],
    });
}
