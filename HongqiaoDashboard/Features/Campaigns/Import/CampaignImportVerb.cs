using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Import;

/// <summary><c>-- import-campaign CAMPAIGN items|entries FILE</c>. It may run beside a live server, which shows what it stores.</summary>
internal sealed class CampaignImportVerb(IServiceProvider services, CampaignImportRun run, CampaignImportWords words, IStringLocalizer<CampaignImportTexts> texts) : IVerb
{
    private const int MostPrinted = 20;

    public string Name => "import-campaign";

    public string Usage =>
        "import-campaign CAMPAIGN items|entries FILE [--dry-run] [--corrections] [--rejected OUT.csv] [--report OUT.json|OUT.csv]"
        + "    import items or daily entries of a campaign (CSV) / 导入专项工作的项目或每日进展";

    public async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        if (CampaignImportCall.Read(call.Arguments) is not { } asked)
        {
            await call.Error.WriteLineAsync(Usage);
            return VerbCall.WrongCall;
        }

        DatabaseStartup.EnsureReady(services);
        try
        {
            await using var file = new FileStream(asked.File, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            using var output = RefusedRows.ToFiles(words.Of, asked.Rejected, CsvEncoding.Guess(file), asked.Report);
            var actor = new Actor("import:campaigns", "import", Roles.Admin, null) { Origin = CallOrigin.Console };
            var result = await run.RunAsync(file, asked.Campaign, asked.Kind, new(asked.IsDryRun, asked.TakesCorrections), output, actor, cancellation);
            output.End(result.Write);
            await TellAsync(call, asked, result, output);
            return result.Refused == 0 ? 0 : 1;
        }
        catch (FileRefusedException e)
        {
            foreach (var reason in e.Reasons)
            {
                await call.Error.WriteLineAsync(words.Of(reason));
            }

            await call.Output.WriteLineAsync(texts["ResultRefused"]);
            return 1;
        }
        catch (RefusedException e)
        {
            await call.Error.WriteLineAsync(words.Of(e.Refusal));
            return VerbCall.WrongCall;
        }
        catch (StorageUnavailableException e)
        {
            await call.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await call.Error.WriteLineAsync(texts["FileUnreadable", e.Message]);
            return 1;
        }
    }

    private async Task TellAsync(VerbCall call, CampaignImportCall asked, CampaignImportResult result, RefusedRows output)
    {
        if (asked.Report is null)
        {
            foreach (var fault in output.Kept.Take(MostPrinted))
            {
                await call.Error.WriteLineAsync(words.Of(fault));
            }

            if (result.Refused > MostPrinted)
            {
                await call.Error.WriteLineAsync(texts["MoreRefused"]);
            }
        }

        if (result.Unused.Count > 0)
        {
            await call.Error.WriteLineAsync(texts["UnusedColumns", string.Join(", ", result.Unused)]);
        }

        await call.Output.WriteLineAsync(texts[asked.IsDryRun ? "ResultDry" : "Result", result.Rows, result.Added, result.Corrected, result.Known, result.Refused]);
    }
}

/// <summary>What was asked of the verb.</summary>
internal sealed record CampaignImportCall(string Campaign, CampaignImportKind Kind, string File)
{
    public string? Rejected { get; private init; }
    public string? Report { get; private init; }
    public bool IsDryRun { get; private init; }
    public bool TakesCorrections { get; private init; }

    /// <summary>Reads the arguments, <c>--name value</c> or <c>--name=value</c>; null when they are wrong.</summary>
    public static CampaignImportCall? Read(IReadOnlyList<string> arguments)
    {
        var (words, flags, values) = (new List<string>(), new HashSet<string>(), new Dictionary<string, string>());
        for (var i = 0; i < arguments.Count; i++)
        {
            var parts = arguments[i].Split('=', 2);
            if (!parts[0].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(arguments[i]);
            }
            else if (arguments[i] is "--dry-run" or "--corrections")
            {
                flags.Add(arguments[i]);
            }
            else if (parts[0] is not ("--rejected" or "--report") || !values.TryAdd(parts[0], parts.Length > 1 ? parts[1] : ++i < arguments.Count ? arguments[i] : ""))
            {
                return null;
            }
        }

        if (words is not [var campaign, "items" or "entries", var file] || values.Values.Any(string.IsNullOrWhiteSpace))
        {
            return null;
        }

        return new CampaignImportCall(campaign, words[1] == "items" ? CampaignImportKind.Items : CampaignImportKind.Entries, file)
        {
            Rejected = values.GetValueOrDefault("--rejected"),
            Report = values.GetValueOrDefault("--report"),
            IsDryRun = flags.Contains("--dry-run"),
            TakesCorrections = flags.Contains("--corrections"),
        };
    }
}
