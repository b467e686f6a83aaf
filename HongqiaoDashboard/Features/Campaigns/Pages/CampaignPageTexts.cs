namespace HongqiaoDashboard.Features.Campaigns.Pages;

/// <summary>Names the resource file of the campaign pages' texts.</summary>
internal sealed class CampaignPageTexts;
