using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>
/// Takes a file in: one task reads and judges rows, another one stores them, with a few batches between them, so that
/// memory does not grow with the file.
/// </summary>
internal sealed class ImportRun(IIncidentHistory history, IIncidentCatalog catalog, TimeProvider clock)
{
    private const int BatchesBetween = 3;
    private const int StorageTries = 30;

    // An identity is kept as eight bytes of its hash; beyond this many, a repetition counts as known rather than as one.
    private const int MostRemembered = 4_000_000;

    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBreath = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Imports a file.</summary>
    /// <param name="file">The file, from its beginning.</param>
    /// <param name="mapping">A mapping without faults.</param>
    /// <param name="options">How.</param>
    /// <param name="refused">Takes what is refused; called by one task at a time.</param>
    /// <param name="progress">Hears a few times a second how far it is.</param>
    /// <param name="cancellation">Stops it between two batches.</param>
    /// <exception cref="FileRefusedException">The file as a whole does not fit the mapping.</exception>
    public async Task<ImportResult> RunAsync(
        Stream file, ImportMapping mapping, ImportOptions options, IRefusedRows refused, Action<ImportProgress> progress, CancellationToken cancellation)
    {
        var tally = new Tally(clock, file);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batches = Channel.CreateBounded<List<HistoricDraft>>(new BoundedChannelOptions(BatchesBetween) { SingleReader = true, SingleWriter = true });
        IReadOnlyList<string> unused = [];
        var reading = Task.Run(() => ReadAsync(), CancellationToken.None);
        var end = await StoreAsync(batches.Reader, mapping, options, tally, progress, cancellation);
        await stop.CancelAsync();
        await reading;
        progress(tally.Now());
        return new ImportResult(end, tally.Now(), unused);

        async Task ReadAsync()
        {
            try
            {
                using var text = new StreamReader(file, mapping.TextEncoding()!, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true);
                var rows = new CsvReader(text, mapping.Delimiter?[0]);
                if (!rows.Read())
                {
                    throw new FileRefusedException([new(1, null, new Refusal("FileEmpty"))]);
                }

                var reading = RowReading.Fit(mapping, new CatalogNames(catalog), rows);
                unused = reading.Fields.Unused;
                refused.Begin(rows);
                await JudgeAsync(rows, reading, batches.Writer, options, refused, tally, stop.Token);
                batches.Writer.Complete();
            }
            catch (OperationCanceledException)
            {
                batches.Writer.Complete();
            }
            catch (Exception e)
            {
                batches.Writer.Complete(e);
            }
        }
    }

    private async Task JudgeAsync(
        CsvReader rows, RowReading reading, ChannelWriter<List<HistoricDraft>> batches, ImportOptions options, IRefusedRows refused, Tally tally,
        CancellationToken stop)
    {
        var seen = new Dictionary<ulong, long>();
        var batch = new List<HistoricDraft>(options.BatchLength);
        while (!stop.IsCancellationRequested && rows.Read())
        {
            tally.Read();
            var fault = Judge(rows, reading, seen, out var draft);
            if (draft is not null)
            {
                batch.Add(draft);
            }
            else
            {
                tally.Refuse();
                refused.Refuse([fault!], rows);
            }

            if (batch.Count == options.BatchLength)
            {
                await batches.WriteAsync(batch, stop);
                batch = new List<HistoricDraft>(options.BatchLength);
            }
        }

        if (batch.Count > 0)
        {
            await batches.WriteAsync(batch, stop);
        }
    }

    private RowFault? Judge(CsvReader rows, RowReading reading, Dictionary<ulong, long> seen, out HistoricDraft? draft)
    {
        draft = null;
        if (reading.Read(rows, out var historic) is { } fault)
        {
            return fault;
        }

        var hash = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(historic!.ExternalId)));
        if (seen.TryGetValue(hash, out var first))
        {
            return new RowFault(rows.Line, reading.Fields.ColumnOf(ImportFields.ExternalId), new Refusal("TwiceInFile", first));
        }

        if (history.Judge(historic, out draft) is { } against)
        {
            return reading.Fields.Locate(rows.Line, against);
        }

        // A row that was refused does not stand in the way of a better one.
        if (seen.Count < MostRemembered)
        {
            seen[hash] = rows.Line;
        }

        return null;
    }

    private async Task<ImportEnd> StoreAsync(
        ChannelReader<List<HistoricDraft>> batches, ImportMapping mapping, ImportOptions options, Tally tally, Action<ImportProgress> progress,
        CancellationToken cancellation)
    {
        var source = mapping.Source.Trim();
        var actor = new Actor($"import:{source}", source, Roles.Admin, null);
        var shown = clock.GetTimestamp();
        var mostlyKnown = false;
        await foreach (var batch in batches.ReadAllAsync(CancellationToken.None))
        {
            if (cancellation.IsCancellationRequested)
            {
                return ImportEnd.Cancelled;
            }

            var drafts = batch;
            if (options.IsDryRun || mostlyKnown)
            {
                // Asked without the pen first, so that a file that was imported before keeps nobody waiting.
                var known = history.Known([.. batch.Select(draft => draft.Source.ExternalId)]);
                drafts = batch.FindAll(draft => !known.Contains(draft.Source.ExternalId));
            }

            if (options.IsDryRun)
            {
                tally.Store(drafts.Count, batch.Count - drafts.Count);
            }
            else
            {
                var began = clock.GetTimestamp();
                if (await WriteAsync(drafts, actor, cancellation) is not { } stored)
                {
                    return cancellation.IsCancellationRequested ? ImportEnd.Cancelled : ImportEnd.StorageFailed;
                }

                tally.Store(stored, batch.Count - stored);
                mostlyKnown = stored < batch.Count / 2;
                if (stored > 0 && options.GivesWay?.Invoke() == true)
                {
                    var took = clock.GetElapsedTime(began);
                    await Task.Delay(took < LongestBreath ? took : LongestBreath, clock, CancellationToken.None);
                }
            }

            if (clock.GetElapsedTime(shown) >= ProgressEvery)
            {
                shown = clock.GetTimestamp();
                progress(tally.Now());
            }
        }

        return cancellation.IsCancellationRequested ? ImportEnd.Cancelled : ImportEnd.Done;
    }

    // A disk that is full for a while, or a writer that is busy for long, does not end an import of hours.
    private async Task<int?> WriteAsync(List<HistoricDraft> drafts, Actor actor, CancellationToken cancellation)
    {
        for (var tried = 1; drafts.Count > 0; tried++)
        {
            try
            {
                return (await history.StoreAsync(drafts, actor, CancellationToken.None)).Count(isNew => isNew);
            }
            catch (StorageUnavailableException) when (tried < StorageTries)
            {
                await Task.Delay(StoragePause, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (cancellation.IsCancellationRequested)
                {
                    return null;
                }
            }
            catch (StorageUnavailableException)
            {
                return null;
            }
        }

        return 0;
    }

    private sealed class Tally(TimeProvider clock, Stream file)
    {
        private readonly long _began = clock.GetTimestamp();
        private readonly long _length = file.CanSeek ? file.Length : 0;
        private long _rows;
        private long _refused;
        private long _imported;
        private long _known;

        public void Read() => Interlocked.Increment(ref _rows);

        public void Refuse() => Interlocked.Increment(ref _refused);

        public void Store(long imported, long known)
        {
            Interlocked.Add(ref _imported, imported);
            Interlocked.Add(ref _known, known);
        }

        public ImportProgress Now() => new(
            Interlocked.Read(ref _rows), Interlocked.Read(ref _imported), Interlocked.Read(ref _known), Interlocked.Read(ref _refused),
            file.CanSeek ? Math.Min(file.Position, _length) : 0, _length, clock.GetElapsedTime(_began));
    }
}
