using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Maps entries of the log to updates of service requests.</summary>
internal sealed class UpdateDocuments(IGridDirectory grids, CaseEntryWords words)
{
    private const string Root = "service_request_updates";
    private const string Item = "request_update";

    /// <summary>The answer to an update.</summary>
    public static WireDocument Receipt(string updateId) => new(Root, new WireList(Item, [new WireRecord(("update_id", updateId))]));

    /// <summary>Updates as a reader may see them.</summary>
    public WireDocument Updates(IEnumerable<CaseEntry> entries, string? reporter, CultureInfo language) =>
        new(Root, new WireList(Item, [.. entries.Select(entry => Update(entry, reporter, language))]));

    private WireRecord Update(CaseEntry entry, string? reporter, CultureInfo language) => new(
        ("update_id", IdOf(entry, reporter)),
        ("service_request_id", entry.Number),
        ("status", CaseEntryWords.Status(entry)),
        ("updated_datetime", W3cDates.Write(entry.At, grids.Current.TimeZone)),
        ("description", words.Description(entry, reporter, language)),
        ("media_url", entry.IsOwnCase(reporter) ? PersonalNumbers.Mask(entry.Detail.MediaUrl) : null));

    // Whoever brought an update knows it by their own name for it; that name is nobody else's.
    private static string IdOf(CaseEntry entry, string? reporter) =>
        entry.IsOwn(reporter) ? entry.Detail.UpdateId! : "hq-" + entry.Seq.ToString(CultureInfo.InvariantCulture);
}
