namespace HongqiaoDashboard.Features.Situation.Published;

/// <summary>Names the resource file of the published reference.</summary>
internal sealed class PublishedTexts;
