using System.Collections.Immutable;
using System.Collections.ObjectModel;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Features.Grids.Data;

/// <summary>
/// The editions that ship with the program together with those that were imported. Imported ones are files in the data
/// folder, so an import by another process (the verb) is seen by looking at that folder every second.
/// </summary>
/// <remarks>
/// A platform serves one district. Imports for the shipped district join the shipped editions, and where both take effect
/// on one day the imported one is in force; imports for another district replace the shipped ones as a whole.
/// </remarks>
internal sealed class GridEditionStore : IGridDirectory, IDisposable
{
    /// <summary>Bytes of a file that are taken in at most. A district of 10,000 detailed grids has some 20 million.</summary>
    public const long FileLimit = 64 * Megabyte;

    private const long Megabyte = 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _importedPath;
    private readonly TimeProvider _time;
    private readonly ILogger<GridEditionStore> _logger;
    private readonly ImmutableArray<GridEdition> _shipped;
    private readonly GridEditionFolder _imported;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private volatile ReadOnlyCollection<GridEdition> _editions;
    private (ReadOnlyCollection<GridEdition> Editions, GridEdition Current) _announced;

    /// <summary>Reads both folders and begins to watch the second.</summary>
    /// <param name="shippedPath">Folder of the editions that ship with the program.</param>
    /// <param name="importedPath">Folder of the imported ones; made by the first import.</param>
    /// <param name="time">Says what day it is, and when to look.</param>
    /// <param name="logger">Hears of imports, refusals and files that cannot be used.</param>
    /// <exception cref="InvalidOperationException">There is not one usable edition.</exception>
    public GridEditionStore(string shippedPath, string importedPath, TimeProvider time, ILogger<GridEditionStore> logger)
    {
        (_importedPath, _time, _logger) = (importedPath, time, logger);
        var shipped = new GridEditionFolder(shippedPath, logger);
        shipped.Refresh();
        _shipped = shipped.Editions;
        _imported = new GridEditionFolder(importedPath, logger);
        _imported.Refresh();
        _editions = Combine();
        if (_editions.Count == 0)
        {
            throw new InvalidOperationException("No usable edition of the grids: the program ships without one and none was imported.");
        }

        _announced = (_editions, Current);
        _timer = time.CreateTimer(_ => Watch(), null, Pause, Timeout.InfiniteTimeSpan);
    }

    public event Action? EditionsChanged;

    public IReadOnlyList<GridEdition> Editions => _editions;

    public GridEdition Current
    {
        get
        {
            var now = _time.GetUtcNow();
            return Latest(edition => edition.TimeZone.DayOf(now));
        }
    }

    public GridEdition At(DateOnly day) => Latest(_ => day);

    /// <summary>Reads and checks a file without keeping anything of it.</summary>
    /// <param name="stream">The file; more than <see cref="FileLimit"/> of it is not read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<GridImport> ExamineAsync(Stream stream, CancellationToken cancellation)
    {
        if (await GridEditionReader.TakeInAsync(stream, FileLimit, cancellation) is not { } file)
        {
            return Logged(new GridImport(default, null, [new GridFault(GridFaultKind.FileTooLarge, null, FileLimit / Megabyte)]));
        }

        var import = await Task.Run(() => GridEditionFile.Examine(file), cancellation);
        Refresh();
        lock (_gate)
        {
            return Logged(AgainstOthers(import));
        }
    }

    /// <summary>Keeps an examined file. What was imported since it was examined counts too.</summary>
    /// <param name="import">What <see cref="ExamineAsync"/> returned.</param>
    /// <returns>The faults that refused it; none when it was kept, and then it is among the <see cref="Editions"/>.</returns>
    /// <exception cref="IOException">The data folder cannot be written; nothing of the file is left there.</exception>
    public ImmutableArray<GridFault> Keep(GridImport import)
    {
        Refresh();
        lock (_gate)
        {
            import = Logged(AgainstOthers(import));
            if (import.Edition is null)
            {
                return import.Faults;
            }

            if (!TryWrite(import.Edition.Id, import.File.Span))
            {
                return [new GridFault(GridFaultKind.EditionIdTaken, null, import.Edition.Id)];
            }
        }

        _logger.LogInformation("Imported grid edition {Edition} of {District}, in force from {Day}, {Count} grids",
            import.Edition.Id, import.Edition.Root.Code, import.Edition.EffectiveFrom, import.Edition.Units.Length);
        Refresh();
        return [];
    }

    /// <summary>Looks at the folder of imports and at the calendar now, and announces a change.</summary>
    public void Refresh()
    {
        bool isChanged;
        lock (_gate)
        {
            try
            {
                if (_imported.Refresh())
                {
                    _editions = Combine();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The folder may be away for a moment: what was read stays in force, the next look tries again.
                _logger.LogWarning(e, "The folder of imported grid editions cannot be listed");
            }

            var seen = (_editions, Current);
            isChanged = seen != _announced;
            _announced = seen;
        }

        if (isChanged)
        {
            EditionsChanged?.Invoke();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Watch()
    {
        try
        {
            Refresh();
        }
        catch (Exception e)
        {
            // A listener's failure: out of a timer it would end the process.
            _logger.LogError(e, "A listener to changes of the grid editions failed");
        }
        finally
        {
            _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }
    }

    private GridEdition Latest(Func<GridEdition, DateOnly> day)
    {
        var editions = _editions;
        for (var i = editions.Count - 1; i > 0; i--)
        {
            if (editions[i].EffectiveFrom <= day(editions[i]))
            {
                return editions[i];
            }
        }

        return editions[0];
    }

    private ReadOnlyCollection<GridEdition> Combine()
    {
        var imported = _imported.Editions;
        // Several districts get here only by files copied in by hand: the first file says which district this is.
        var district = (imported.IsEmpty ? _shipped : imported).FirstOrDefault()?.Root.Code;
        var editions = _shipped.Concat(imported)
            .Where(edition => edition.Root.Code == district)
            .DistinctBy(edition => edition.Id)
            .OrderBy(edition => edition.EffectiveFrom)
            .ToArray();
        foreach (var edition in imported.Except(editions))
        {
            _logger.LogError("Grid edition {Edition} of {District} is not used: its id is taken, or it is for another district than {Used}",
                edition.Id, edition.Root.Code, district);
        }

        return Array.AsReadOnly(editions);
    }

    private GridImport AgainstOthers(GridImport import)
    {
        if (import.Edition is not { } edition)
        {
            return import;
        }

        var faults = ImmutableArray.CreateBuilder<GridFault>();
        var district = edition.Root.Code;
        var imported = _imported.Editions.ToLookup(other => other.Root.Code == district);
        if (imported[false].FirstOrDefault() is { } stranger)
        {
            faults.Add(new GridFault(GridFaultKind.OtherDistrict, null, stranger.Root.Code, district));
        }

        if (_shipped.Where(other => other.Root.Code == district).Concat(imported[true]).Any(other => other.Id == edition.Id))
        {
            faults.Add(new GridFault(GridFaultKind.EditionIdTaken, null, edition.Id));
        }

        if (imported[true].FirstOrDefault(other => other.EffectiveFrom == edition.EffectiveFrom) is { } sameDay)
        {
            faults.Add(new GridFault(GridFaultKind.EffectiveFromTaken, null, sameDay.Id));
        }

        return faults.Count == 0 ? import : import with { Edition = null, Faults = faults.ToImmutable() };
    }

    // All that a refused file leaves behind.
    private GridImport Logged(GridImport import)
    {
        if (import.Edition is null)
        {
            _logger.LogWarning("Refused a grid edition with {Count} faults: {Faults}", import.Faults.Length, string.Join("; ", import.Faults.Take(20)));
        }

        return import;
    }

    // Whole or not at all, also after a loss of power; false when the name is taken, be it by another process at this moment.
    private bool TryWrite(string id, ReadOnlySpan<byte> file)
    {
        Directory.CreateDirectory(_importedPath);
        var final = Path.Combine(_importedPath, id + GridEditionFile.Extension);
        var temporary = Path.Combine(_importedPath, $".{id}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(file);
                stream.Flush(flushToDisk: true);
            }

            return Disk.TryName(temporary, final);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
