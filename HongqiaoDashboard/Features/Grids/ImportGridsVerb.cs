using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Data;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Grids;

/// <summary>Imports an edition from the command line; a running server on the same data folder takes it up within two seconds.</summary>
/// <param name="services">The program, which must know the database: an import is recorded.</param>
/// <param name="store">Checks it.</param>
/// <param name="desk">Keeps it.</param>
/// <param name="texts">The sentences for faults.</param>
internal sealed class ImportGridsVerb(IServiceProvider services, GridEditionStore store, GridImportDesk desk, IStringLocalizer<GridTexts> texts) : IVerb
{
    public string Name => "import-grids";

    public string Usage => "import-grids FILE            import an edition of the grids (GeoJSON) / 导入网格版本";

    public async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        if (call.Arguments is not [var path])
        {
            await call.Error.WriteLineAsync(Usage);
            return VerbCall.WrongCall;
        }

        GridImport import;
        try
        {
            await using var file = File.OpenRead(path);
            import = await store.ExamineAsync(file, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await call.Error.WriteLineAsync(texts["Verb_Unreadable", path, e.Message]);
            return 1;
        }

        var faults = import.Faults;
        if (import.Edition is not null)
        {
            DatabaseStartup.EnsureReady(services);
            faults = await desk.KeepAsync(import, Actor.Console);
        }

        if (faults.Length > 0)
        {
            await call.Error.WriteLineAsync(texts["Verb_Refused", faults.Length]);
            foreach (var fault in faults)
            {
                await call.Error.WriteLineAsync($"{fault.Grid ?? texts["FaultFile"]}\t{texts.Describe(fault)}");
            }

            return 1;
        }

        var edition = import.Edition!;
        var counts = Enum.GetValues<GridTier>().Select(tier => (object)edition.Units.Count(unit => unit.Tier == tier));
        await call.Output.WriteLineAsync(texts["Verb_Imported", [edition.Id, edition.Name, edition.EffectiveFrom, .. counts]]);
        return 0;
    }
}
