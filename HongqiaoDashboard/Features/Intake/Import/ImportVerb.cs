using System.Text.Json;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>
/// <c>-- import FILE</c>: historic cases from a CSV. It may run beside a live server, which shows them as they come; the
/// same file again imports what is missing.
/// </summary>
internal sealed class ImportVerb(
    IServiceProvider services, IWriteLane lane, ImportRun run, ImportMappings mappings, DataDirectory directory, TimeProvider clock, IStringLocalizer<ImportTexts> texts) : IVerb
{
    private const int MostPrinted = 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    public string Name => "import";

    public string Usage =>
        "import FILE [--mapping NAME|--mapping-file JSON] [--dry-run] [--rejected OUT.csv] [--report OUT.json|OUT.csv] [--source NAME] [--encoding NAME]"
        + "    import historic cases (CSV) / 导入历史案件";

    public async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        if (ImportCall.Read(call.Arguments) is not { } asked)
        {
            await call.Error.WriteLineAsync(Usage);
            return VerbCall.WrongCall;
        }

        DatabaseStartup.EnsureReady(services);
        try
        {
            if (Mapping(asked) is not { } mapping)
            {
                await call.Error.WriteLineAsync(texts["MappingUnknown", asked.Mapping!]);
                return VerbCall.WrongCall;
            }

            if (mapping.Faults().ToList() is { Count: > 0 } faults)
            {
                faults.ForEach(fault => call.Error.WriteLine(texts.Describe(fault)));
                return VerbCall.WrongCall;
            }

            await using var file = new FileStream(asked.File, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            using var output = RefusedRows.ToFiles(texts.Describe, asked.Rejected, mapping.TextEncoding()!, asked.Report);
            return await RunAsync(call, asked, mapping, file, output, cancellation);
        }
        catch (JsonException e)
        {
            await call.Error.WriteLineAsync(texts["MappingUnreadable", asked.MappingFile!, e.Message]);
            return VerbCall.WrongCall;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await call.Error.WriteLineAsync(texts["FileUnreadable", e.Message]);
            return 1;
        }
    }

    private async Task<int> RunAsync(VerbCall call, ImportCall asked, ImportMapping mapping, FileStream file, RefusedRows output, CancellationToken cancellation)
    {
        ImportResult result;
        try
        {
            var options = new ImportOptions { IsDryRun = asked.IsDryRun, GivesWay = GivesWay() };
            Task<ImportResult> WorkAsync() => run.RunAsync(file, mapping, options, output, progress => call.Error.WriteLine(Progress(progress)), cancellation);
            var record = new AuditRecord("cases.imported", mapping.Source.Trim());
            result = asked.IsDryRun ? await WorkAsync() : await lane.AuditedAsync(record, Actor.Console, WorkAsync, done => done.In(record));
        }
        catch (FileRefusedException e)
        {
            foreach (var reason in e.Reasons)
            {
                await call.Error.WriteLineAsync(Line(reason));
            }

            await call.Output.WriteLineAsync(texts["ResultRefused"]);
            return 1;
        }
        catch (StorageUnavailableException e)
        {
            await call.Error.WriteLineAsync(e.Message);
            return 1;
        }

        output.End(result.Write);
        await TellAsync(call, asked, result, output);
        return result is { End: ImportEnd.Done, Counts.Refused: 0 } ? 0 : 1;
    }

    // Beside a server the import takes every other turn; alone it need not wait for anybody.
    private Func<bool> GivesWay()
    {
        var (looked, isHeld) = (clock.GetTimestamp(), ServerLock.IsHeld(directory));
        return () =>
        {
            if (clock.GetElapsedTime(looked) > LookEvery)
            {
                (looked, isHeld) = (clock.GetTimestamp(), ServerLock.IsHeld(directory));
            }

            return isHeld;
        };
    }

    private ImportMapping? Mapping(ImportCall asked)
    {
        var mapping = asked.MappingFile is { } path ? ImportMapping.FromJson(File.ReadAllText(path))
            : asked.Mapping is { } name ? mappings.Named(name)
            : ImportMapping.Documented;
        return mapping is null ? null : mapping with
        {
            Source = asked.Source ?? mapping.Source,
            Encoding = asked.Encoding ?? mapping.Encoding,
        };
    }

    private async Task TellAsync(VerbCall call, ImportCall asked, ImportResult result, RefusedRows output)
    {
        if (asked.Report is null)
        {
            foreach (var fault in output.Kept.Take(MostPrinted))
            {
                await call.Error.WriteLineAsync(Line(fault));
            }

            if (result.Counts.Refused > MostPrinted)
            {
                await call.Error.WriteLineAsync(texts["MoreRefused", result.Counts.Refused - MostPrinted]);
            }
        }

        if (result.Unused.Count > 0)
        {
            await call.Error.WriteLineAsync(texts["UnusedColumns", string.Join(", ", result.Unused)]);
        }

        var counts = result.Counts;
        var key = result.End switch
        {
            ImportEnd.Cancelled => "ResultCancelled",
            ImportEnd.StorageFailed => "ResultStorage",
            _ => asked.IsDryRun ? "ResultDry" : "Result",
        };
        await call.Output.WriteLineAsync(texts[key, counts.Rows, counts.Imported, counts.Known, counts.Refused, counts.Elapsed.TotalSeconds, counts.Speed]);
    }

    private string Line(RowFault fault) => texts["FaultLine", fault.Line, fault.Column ?? texts["WholeRow"], texts.Describe(fault.Reason)];

    private string Progress(ImportProgress progress) => texts[
        "Progress", progress.BytesTotal == 0 ? 0 : 100 * progress.BytesRead / progress.BytesTotal, progress.Rows, progress.Imported, progress.Known,
        progress.Refused, progress.Speed];
}

/// <summary>What was asked of the verb.</summary>
internal sealed record ImportCall(string File)
{
    private static readonly string[] Valued = ["--mapping", "--mapping-file", "--rejected", "--report", "--source", "--encoding"];

    public string? Mapping { get; private init; }
    public string? MappingFile { get; private init; }
    public string? Rejected { get; private init; }
    public string? Report { get; private init; }
    public string? Source { get; private init; }
    public string? Encoding { get; private init; }
    public bool IsDryRun { get; private init; }

    /// <summary>Reads the arguments, <c>--name value</c> or <c>--name=value</c>; null when they are wrong.</summary>
    public static ImportCall? Read(IReadOnlyList<string> arguments)
    {
        var files = new List<string>();
        var values = new Dictionary<string, string>();
        var isDry = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var parts = arguments[i].Split('=', 2);
            if (!parts[0].StartsWith("--", StringComparison.Ordinal))
            {
                files.Add(arguments[i]);
            }
            else if (arguments[i] == "--dry-run")
            {
                isDry = true;
            }
            else if (!Valued.Contains(parts[0]) || !values.TryAdd(parts[0], parts.Length > 1 ? parts[1] : ++i < arguments.Count ? arguments[i] : ""))
            {
                return null;
            }
        }

        if (files is not [var file] || values.Values.Any(string.IsNullOrWhiteSpace) || (values.ContainsKey("--mapping") && values.ContainsKey("--mapping-file")))
        {
            return null;
        }

        return new ImportCall(file)
        {
            Mapping = values.GetValueOrDefault("--mapping"),
            MappingFile = values.GetValueOrDefault("--mapping-file"),
            Rejected = values.GetValueOrDefault("--rejected"),
            Report = values.GetValueOrDefault("--report"),
            Source = values.GetValueOrDefault("--source"),
            Encoding = values.GetValueOrDefault("--encoding"),
            IsDryRun = isDry,
        };
    }
}
