using HongqiaoDashboard.Features.Incidents.Contracts;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>Puts the campaigns on the page of a case.</summary>
/// <param name="text">Its heading.</param>
internal sealed class CampaignCasePanelSlot(IStringLocalizer<CampaignTexts> text) : ICasePanel
{
    public int Order => 40;

    public string Title => text["PanelTitle"];

    public Type Component => typeof(CampaignCasePanel);
}
