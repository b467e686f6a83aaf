using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Campaigns.Components.Admin;

/// <summary>One campaign's configuration as a form. It keeps nothing: each change is handed on as the campaign as it then is.</summary>
public sealed partial class CampaignForm
{
    // Said beside the list that they are about, not among the basics.
    private static readonly string[] Listed = ["CampaignStageCount", "CampaignDoneStage", "CampaignMeasureCount", "CampaignTypeUnknown"];

    /// <summary>The campaign.</summary>
    [Parameter, EditorRequired]
    public CampaignDefinition Value { get; set; } = default!;

    /// <summary>The campaign of that code in force; null for a new one.</summary>
    [Parameter]
    public CampaignDefinition? Known { get; set; }

    /// <summary>What is wrong with it.</summary>
    [Parameter]
    public IReadOnlyList<CampaignFault> Faults { get; set; } = [];

    /// <summary>Whether it can only be looked at.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>Raised with the campaign as it is now.</summary>
    [Parameter]
    public EventCallback<CampaignDefinition> OnChange { get; set; }

    /// <summary>Raised with the campaign without something that entries may need.</summary>
    [Parameter]
    public EventCallback<CampaignDefinition> OnRemove { get; set; }

    [Inject]
    private IIncidentCatalog Catalog { get; set; } = default!;

    internal static string Said(ChangeEventArgs change) => ((string?)change.Value ?? "").Trim();

    private static string Here(string zh, string en) => CultureInfo.CurrentUICulture.Name == "en" ? en : zh;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // What is no date or number leaves what was there.
    private static DateOnly Read(ChangeEventArgs change, DateOnly before) =>
        DateOnly.TryParseExact((string?)change.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : before;

    private static long Number(ChangeEventArgs change, long before) =>
        int.TryParse((string?)change.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : before;

    private static bool Is(string code, string kind) => code.StartsWith(kind, StringComparison.Ordinal);

    private Task Set(CampaignDefinition campaign) => OnChange.InvokeAsync(campaign);

    // Of the point as it is now, not as it was drawn: who types fast is two fields ahead of the drawing.
    private Task Set(int place, Func<CampaignMilestone, CampaignMilestone> change) => Set(Value.WithMilestone(place, change(Value.Plan[place])));

    private IEnumerable<CampaignFault> Own(Func<string, bool> of) => Faults.Where(fault => fault.Place is { Stage: null, Measure: null } && of(fault.Reason.Code));
}
