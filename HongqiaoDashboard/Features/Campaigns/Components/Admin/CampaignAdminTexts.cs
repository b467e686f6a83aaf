namespace HongqiaoDashboard.Features.Campaigns.Components.Admin;

/// <summary>Names the resource file of the page on which campaigns are administered.</summary>
internal sealed class CampaignAdminTexts;
