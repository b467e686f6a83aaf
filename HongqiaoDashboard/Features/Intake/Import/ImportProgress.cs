using System.Text.Json;
using HongqiaoDashboard.Platform.Audit;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>How far an import is.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Imported">New cases; in a dry run those that would be.</param>
/// <param name="Known">Rows whose case was there already.</param>
/// <param name="Refused">Rows that were refused.</param>
/// <param name="BytesRead">Bytes of the file that were read.</param>
/// <param name="BytesTotal">Bytes of the file.</param>
/// <param name="Elapsed">Since the beginning.</param>
internal sealed record ImportProgress(long Rows, long Imported, long Known, long Refused, long BytesRead, long BytesTotal, TimeSpan Elapsed)
{
    /// <summary>Nothing yet.</summary>
    public static ImportProgress None { get; } = new(0, 0, 0, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Rows a second.</summary>
    public double Speed => Elapsed > TimeSpan.Zero ? Rows / Elapsed.TotalSeconds : 0;
}

/// <summary>How an import ended.</summary>
internal enum ImportEnd
{
    /// <summary>The file was read to its end.</summary>
    Done,
    /// <summary>Somebody stopped it; what was imported stands.</summary>
    Cancelled,
    /// <summary>The storage did not take it for long; what was imported stands.</summary>
    StorageFailed,
}

/// <summary>What became of a file.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Counts">The counts.</param>
/// <param name="Unused">Columns of the file that no field takes.</param>
internal sealed record ImportResult(ImportEnd End, ImportProgress Counts, IReadOnlyList<string> Unused)
{
    /// <summary>How it ended, for the audit trail.</summary>
    /// <param name="record">What was done.</param>
    public AuditRecord In(AuditRecord record) => record with
    {
        Result = End == ImportEnd.Done ? AuditResult.Done : AuditResult.Failed,
        Facts = [new("rows", Counts.Rows), new("added", Counts.Imported), new("known", Counts.Known), new("refused", Counts.Refused)],
    };

    /// <summary>Writes it behind the refused rows of a report.</summary>
    /// <param name="json">The report.</param>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("end", End.ToString());
        json.WriteNumber("rows", Counts.Rows);
        json.WriteNumber("imported", Counts.Imported);
        json.WriteNumber("known", Counts.Known);
        json.WriteNumber("refusedRows", Counts.Refused);
        json.WriteNumber("seconds", Math.Round(Counts.Elapsed.TotalSeconds, 3));
        json.WriteStartArray("unusedColumns");
        foreach (var column in Unused)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
    }
}

/// <summary>How to import.</summary>
internal sealed record ImportOptions
{
    /// <summary>Cases in one transaction: enough to be quick, few enough that whoever waits behind them does not notice.</summary>
    public int BatchLength { get; init; } = 250;
    /// <summary>Judge every row and store nothing.</summary>
    public bool IsDryRun { get; init; }
    /// <summary>
    /// Whether to leave the writer's lock free between two transactions for as long as one took; null for never. Another
    /// process's writer looks for the lock now and then, and would hardly find it free if the next transaction followed at
    /// once. Writers of one process take turns without it.
    /// </summary>
    public Func<bool>? GivesWay { get; init; }
}
