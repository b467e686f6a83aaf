using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Kernel;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Components.Admin;

/// <summary>Says what a configuration changes and what is wrong with it, in the reader's language.</summary>
internal sealed class CampaignAdminWords(IStringLocalizer<CampaignAdminTexts> text, CampaignWords refusals)
{
    /// <summary>How a campaign is called while its name may still be missing.</summary>
    /// <param name="campaign">The campaign.</param>
    public static string Name(CampaignDefinition campaign) =>
        (CultureInfo.CurrentUICulture.Name == "en" ? campaign.NameEn : campaign.Name) is { Length: > 0 } name ? name : campaign.Code;

    /// <summary>A change.</summary>
    /// <param name="change">The change.</param>
    public string Change(CampaignChange change) => change.What switch
    {
        "Added" or "Removed" or "Order" => text["Change." + change.What, Name(change.Campaign)],
        "StageAdded" or "MeasureAdded" => text["Change." + change.What, Name(change.Campaign), Value(change.After)],
        "StageRemoved" or "MeasureRemoved" => text["Change." + change.What, Name(change.Campaign), Value(change.Before)],
        _ => text["Change", Name(change.Campaign), text["Member." + change.What, Value(change.Of)], Value(change.Before), Value(change.After)],
    };

    /// <summary>A fault, with where it is.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="document">In which it is.</param>
    public string Fault(CampaignFault fault, CampaignDocument document)
    {
        string?[] places =
        [
            document.Find(fault.Place.Campaign) is { } campaign ? Name(campaign) : fault.Place.Campaign,
            fault.Place.Measure, fault.Place.Stage,
        ];
        return text["Fault", string.Join(" · ", places.Where(place => !string.IsNullOrEmpty(place))), refusals.Of(fault.Reason)];
    }

    /// <summary>The sentence of a fault by itself, for beside its field.</summary>
    /// <param name="reason">The reason.</param>
    public string Sentence(Refusal reason) => text["Problem." + reason.Code] is { ResourceNotFound: false } own ? own : refusals.Of(reason);

    private string Value(object? value) => value switch
    {
        null => text["None"],
        bool yes => text[yes ? "Yes" : "No"],
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value.ToString() is { Length: > 0 } said ? said : text["None"],
    };
}
