using System.Text;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Campaigns.Import;

/// <summary>
/// Takes a file of items or of daily entries in. All of it is read and judged together with what is there before anything is
/// stored, since days of one item bound each other; good rows are kept, refused ones handed back. Everything goes through the desk.
/// </summary>
internal sealed class CampaignImportRun(ICampaignDesk desk, CampaignBook book, IReadDoor door, IWriteLane lane, IGridDirectory grids, IIncidentCatalog catalog, TimeProvider clock)
{
    /// <summary>Rows of a file at most: forty years of every day of a dozen items.</summary>
    public const int MostRows = 200_000;

    /// <summary>Imports a file.</summary>
    /// <param name="file">The file, from its beginning; read twice.</param>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="kind">What is in it.</param>
    /// <param name="options">How.</param>
    /// <param name="refused">Takes what is refused.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancellation">Stops it; what was stored stands.</param>
    /// <exception cref="FileRefusedException">The file as a whole cannot be read.</exception>
    /// <exception cref="RefusedException"><c>CampaignUnknown</c>.</exception>
    public async Task<CampaignImportResult> RunAsync(
        Stream file, string campaign, CampaignImportKind kind, CampaignImportOptions options, IRefusedRows refused, Actor actor, CancellationToken cancellation)
    {
        var definition = book.Campaigns.FirstOrDefault(known => known.Code == campaign) ?? throw new RefusedException("CampaignUnknown", campaign);
        var encoding = CsvEncoding.Guess(file);
        var place = new ImportPlace(definition, CampaignStock.Read(door, campaign, actor), grids.Current, grids.Current.TimeZone.DayOf(clock.GetUtcNow()), options, actor);
        var sheet = kind == CampaignImportKind.Items ? (ImportSheet)new ItemSheet(place, catalog) : new EntrySheet(place, clock);
        foreach (var row in Rows(file, encoding, sheet.Begin))
        {
            cancellation.ThrowIfCancellationRequested();
            sheet.Read(row);
        }

        sheet.Judge();
        if (!options.IsDryRun)
        {
            var record = new AuditRecord("campaign.imported", campaign) { Facts = [new("kind", kind == CampaignImportKind.Items ? "items" : "entries")] };
            await lane.AuditedAsync(record, actor, () => StoreAsync(sheet, cancellation), counts => record with
            {
                Facts = [.. record.Facts, new("rows", counts.Rows), new("added", counts.Added), new("corrected", counts.Corrected), new("refused", counts.Refused)],
            });
        }

        // Read again, because what is wrong with a row may be known only after all of them.
        foreach (var row in Rows(file, encoding, refused.Begin))
        {
            if (sheet.FaultsOf(row.Line) is { Count: > 0 } faults)
            {
                refused.Refuse(faults, row);
            }
        }

        return sheet.Result();
    }

    private async Task<CampaignImportResult> StoreAsync(ImportSheet sheet, CancellationToken cancellation)
    {
        await sheet.StoreAsync(desk, cancellation);
        return sheet.Result();
    }

    private static IEnumerable<CsvReader> Rows(Stream file, Encoding encoding, Action<CsvReader> header)
    {
        file.Position = 0;
        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true);
        var reader = new CsvReader(text);
        if (!reader.Read())
        {
            throw new FileRefusedException([new(1, null, new Refusal("FileEmpty"))]);
        }

        header(reader);
        for (var rows = 0; reader.Read(); rows++)
        {
            if (rows == MostRows)
            {
                throw new FileRefusedException([new(reader.Line, null, new Refusal("FileTooLong", MostRows))]);
            }

            yield return reader;
        }
    }
}

/// <summary>What a file has.</summary>
internal enum CampaignImportKind
{
    /// <summary>Items.</summary>
    Items,
    /// <summary>Daily entries.</summary>
    Entries,
}

/// <summary>How to import.</summary>
/// <param name="IsDryRun">Judge every row and store nothing.</param>
/// <param name="TakesCorrections">Whether what differs from what is there becomes a correction; otherwise it is refused.</param>
internal sealed record CampaignImportOptions(bool IsDryRun, bool TakesCorrections);

/// <summary>What would change, or did.</summary>
/// <param name="Line">Line of the file.</param>
/// <param name="Item">The item.</param>
/// <param name="Day">The day; null for the item itself.</param>
/// <param name="IsCorrection">Whether something was there.</param>
/// <param name="Before">What was there, in words of the current user.</param>
/// <param name="After">What comes.</param>
internal sealed record CampaignImportChange(long Line, string Item, DateOnly? Day, bool IsCorrection, string Before, string After);

/// <summary>What became of a file.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Added">New items or days.</param>
/// <param name="Corrected">Changed ones.</param>
/// <param name="Known">Rows that say what is there already.</param>
/// <param name="Refused">Rows that were refused.</param>
/// <param name="Changes">The first changes.</param>
/// <param name="Unused">Columns that no field takes.</param>
internal sealed record CampaignImportResult(
    int Rows, int Added, int Corrected, int Known, int Refused, IReadOnlyList<CampaignImportChange> Changes, IReadOnlyList<string> Unused)
{
    /// <summary>Writes it behind the refused rows of a report.</summary>
    /// <param name="json">The report.</param>
    public void Write(System.Text.Json.Utf8JsonWriter json)
    {
        json.WriteNumber("rows", Rows);
        json.WriteNumber("added", Added);
        json.WriteNumber("corrected", Corrected);
        json.WriteNumber("known", Known);
        json.WriteNumber("refusedRows", Refused);
        json.WriteStartArray("unusedColumns");
        foreach (var column in Unused)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
    }
}

/// <summary>Where rows are judged.</summary>
/// <param name="Definition">The campaign.</param>
/// <param name="Stock">What is there.</param>
/// <param name="Edition">The grids in force.</param>
/// <param name="Today">Today by the district's calendar.</param>
/// <param name="Options">How.</param>
/// <param name="Actor">Who brings it.</param>
internal sealed record ImportPlace(CampaignDefinition Definition, CampaignStock Stock, GridEdition Edition, DateOnly Today, CampaignImportOptions Options, Actor Actor);
