using System.Text;
using HongqiaoDashboard.Features.Grids.Data;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake.Import;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Intake.Import;

/// <summary>Files in the style of cities' open data, all their values made up, and runs over them.</summary>
internal static class ImportSamples
{
    /// <summary>Header of the documented columns that the samples use.</summary>
    public const string Header = "external_id,type,reported_at,lat,lon,closed_at";

    /// <summary>A mapping for exports in the style of New York's 311.</summary>
    public static ImportMapping NewYork { get; } = ImportMapping.FromJson("""
        {
          "name": "nyc", "source": "nyc311", "timeZone": "America/New_York", "dateFormats": ["MM/dd/yyyy hh:mm:ss tt"],
          "fields": {
            "external_id": {"from": ["Unique Key"]},
            "type": {"from": ["Complaint Type"], "values": {"Noise - Residential": "0103", "Street Condition": "0403"}, "otherwise": "0401"},
            "reported_at": {"from": ["Created Date"]},
            "closed_at": {"from": ["Closed Date"]},
            "close_by": {"from": ["Due Date"]},
            "lat": {"from": ["Latitude"]}, "lon": {"from": ["Longitude"]},
            "address": {"from": ["Incident Address"]},
            "description": {"from": ["Complaint Type", "Descriptor"]},
            "department": {"from": ["Agency"], "values": {"DSNY": "chengguan", "NYPD": "gongan"}, "otherwise": ""},
            "severity": {"from": ["Complaint Type"], "values": {"Street Condition": "major"}, "otherwise": "ordinary"},
            "result": {"from": ["Resolution Description"]}
          }
        }
        """);

    /// <summary>A mapping for exports in the style of Buenos Aires: semicolons, day before month, decimal commas, no offset.</summary>
    public static ImportMapping BuenosAires { get; } = ImportMapping.FromJson("""
        {
          "source": "ba147", "timeZone": "America/Argentina/Buenos_Aires", "dateFormats": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm"],
          "fields": {
            "external_id": {"from": ["contacto"]}, "type": {"from": ["categoria"], "otherwise": "0401"},
            "reported_at": {"from": ["fecha_ingreso"]}, "closed_at": {"from": ["fecha_cierre"]},
            "lat": {"from": ["lat"]}, "lon": {"from": ["lon"]}, "description": {"from": ["concepto"]}
          }
        }
        """);

    /// <summary>A point within the shipped grids, for the documented columns.</summary>
    public static string Place { get; } = FormattableString.Invariant($"{GridSamples.Shipped.Units[^1].Centre.Latitude},{GridSamples.Shipped.Units[^1].Centre.Longitude}");

    /// <summary>Rows of the documented columns.</summary>
    public static string File(params string[] rows) => string.Join("\r\n", [Header, .. rows]) + "\r\n";

    /// <summary>A good row of the documented columns.</summary>
    public static string Row(string id, string reported = "2024-03-04T09:00:00+08:00", string closed = "2024-03-04T10:30:00+08:00", string type = "0401") =>
        $"{id},{type},{reported},{Place},{closed}";

    /// <summary>Imports a text.</summary>
    public static async Task<Imported> ImportAsync(
        this TestDatabase database, string text, ImportMapping? mapping = null, Encoding? encoding = null, ImportOptions? options = null,
        Action<ImportProgress>? progress = null, CancellationToken? cancellation = null) =>
        await database.ImportAsync((encoding ?? Encoding.UTF8).GetBytes(text), mapping, options, progress, cancellation);

    /// <summary>Imports a file.</summary>
    public static async Task<Imported> ImportAsync(
        this TestDatabase database, byte[] file, ImportMapping? mapping = null, ImportOptions? options = null, Action<ImportProgress>? progress = null,
        CancellationToken? cancellation = null)
    {
        using var refused = new Refusals();
        var run = new ImportRun(database.Get<IIncidentHistory>(), database.Catalog, database.Clock);
        var result = await run.RunAsync(
            new MemoryStream(file), mapping ?? ImportMapping.Documented, options ?? new ImportOptions(), refused, progress ?? (_ => { }),
            cancellation ?? TestContext.Current.CancellationToken);
        return new Imported(result, refused.Faults, refused.Rows.ToString());
    }

    /// <summary>Puts another city's grids in force.</summary>
    public static async Task UseGridsAsync(this TestDatabase database, System.Text.Json.Nodes.JsonObject grids)
    {
        var store = database.Get<GridEditionStore>();
        Assert.Empty(store.Keep(await store.ExamineAsync(new MemoryStream(grids.Utf8()), TestContext.Current.CancellationToken)));
    }

    /// <summary>What came of an import.</summary>
    internal sealed record Imported(ImportResult Result, IReadOnlyList<RowFault> Faults, string Rows)
    {
        public (long Imported, long Known, long Refused) Counts => (Result.Counts.Imported, Result.Counts.Known, Result.Counts.Refused);
    }

    private sealed class Refusals : IRefusedRows, IDisposable
    {
        public List<RowFault> Faults { get; } = [];

        public StringWriter Rows { get; } = new();

        public void Begin(HongqiaoDashboard.Platform.Csv.CsvReader header) => Copy(header);

        public void Refuse(IReadOnlyList<RowFault> faults, HongqiaoDashboard.Platform.Csv.CsvReader row)
        {
            Faults.AddRange(faults);
            Copy(row);
        }

        public void Dispose() => Rows.Dispose();

        private void Copy(HongqiaoDashboard.Platform.Csv.CsvReader record)
        {
            record.CopyRaw(Rows);
            Rows.Write("\r\n");
        }
    }
}
