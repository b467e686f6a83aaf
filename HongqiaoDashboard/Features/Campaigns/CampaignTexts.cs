namespace HongqiaoDashboard.Features.Campaigns;

/// <summary>Names the resource file of what the campaigns' desk refuses, and of the panel on the page of a case.</summary>
internal sealed class CampaignTexts;
