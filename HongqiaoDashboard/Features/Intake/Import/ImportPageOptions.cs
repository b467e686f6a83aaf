namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>Limits of the import page, section <c>Intake:Import</c>.</summary>
internal sealed class ImportPageOptions
{
    public const string Section = "Intake:Import";

    /// <summary>Bytes of an uploaded file at most.</summary>
    public long LargestFile { get; set; } = 2L << 30;

    /// <summary>Days after which the files and the record of an import are removed.</summary>
    public int KeepDays { get; set; } = 30;
}
