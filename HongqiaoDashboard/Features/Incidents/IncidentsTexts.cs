namespace HongqiaoDashboard.Features.Incidents;

/// <summary>Names the resource file of the cases' words: states, moves, refusals, and the texts of their pages.</summary>
internal sealed class IncidentsTexts;
