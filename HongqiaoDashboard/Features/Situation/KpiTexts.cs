namespace HongqiaoDashboard.Features.Situation;

/// <summary>Names the resource file of the figures' names and sides.</summary>
internal sealed class KpiTexts;
