namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>Names the resource file of the import.</summary>
internal sealed class ImportTexts;
