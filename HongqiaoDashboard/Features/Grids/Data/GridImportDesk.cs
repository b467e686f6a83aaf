using System.Collections.Immutable;
using HongqiaoDashboard.Features.Grids.Domain;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Grids.Data;

/// <summary>Keeps examined files. An edition is a file and no row, so the trail hears of it before it is kept, and how it ended.</summary>
internal sealed class GridImportDesk(GridEditionStore store, IWriteLane lane)
{
    /// <summary>Keeps an examined file.</summary>
    /// <param name="import">What <see cref="GridEditionStore.ExamineAsync"/> returned.</param>
    /// <param name="actor">Who brings it.</param>
    /// <returns>The faults that refused it; none when it was kept.</returns>
    /// <exception cref="IOException">The data folder cannot be written; nothing of the file is left there.</exception>
    /// <exception cref="StorageUnavailableException">The trail does not take it, so nothing is kept.</exception>
    public async Task<ImmutableArray<GridFault>> KeepAsync(GridImport import, Actor actor)
    {
        if (import.Edition is not { } edition)
        {
            return import.Faults;
        }

        var record = new AuditRecord("grids.imported", edition.Id) { Facts = [new("district", edition.Root.Code), new("grids", edition.Units.Length)] };
        return await lane.AuditedAsync(
            record, actor, () => Task.Run(() => store.Keep(import)), faults => record with { Result = faults.IsEmpty ? AuditResult.Done : AuditResult.Refused });
    }
}
