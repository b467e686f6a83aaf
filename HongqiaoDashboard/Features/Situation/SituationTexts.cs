namespace HongqiaoDashboard.Features.Situation;

/// <summary>Names the resource file of the situation's texts.</summary>
internal sealed class SituationTexts;
