namespace HongqiaoDashboard.Features.Campaigns.Export;

/// <summary>Names the resource file of the workbook.</summary>
internal sealed class CampaignExportTexts;
