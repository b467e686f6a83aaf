using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>
/// Runs imports that the page begins, one at a time, whether or not somebody still looks. What it has stored stands
/// whenever the server ends: the same file run again goes on with what is missing.
/// </summary>
internal sealed class ImportDesk(
    ImportRun run, IWriteLane lane, ImportShelf shelf, IOptions<ImportPageOptions> options, IStringLocalizer<ImportTexts> texts, TimeProvider clock, ILogger<ImportDesk> log)
    : IHostedService, IPlatformJob, IDisposable
{
    private static readonly TimeSpan RecordEvery = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _uploading = [];
    private ImportJob? _current;
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;
    private IReadOnlyList<RowFault> _faults = [];

    /// <summary>Raised when something about an import has changed, a few times a second while one runs. On any thread: dispatch.</summary>
    public event Action? Changed;

    /// <summary>The import that is going on, or the one that ended last in this process.</summary>
    public ImportJob? Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>The first rows that <see cref="Current"/> refused.</summary>
    public IReadOnlyList<RowFault> Faults => Volatile.Read(ref _faults);

    /// <summary>All imports that are on record, the newest first.</summary>
    public IReadOnlyList<ImportJob> All()
    {
        var current = Current;
        return [.. shelf.All().Select(job => job.Id == current?.Id ? current : job)];
    }

    /// <summary>Takes in a file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="progress">Hears of the bytes that have arrived.</param>
    /// <param name="cancellation">Ends it; nothing is kept.</param>
    /// <exception cref="RefusedException"><c>FileTooLarge</c>.</exception>
    public async Task<ImportJob> TakeInAsync(Stream content, string fileName, Actor actor, Action<long> progress, CancellationToken cancellation)
    {
        var id = shelf.New();
        lock (_gate)
        {
            _uploading.Add(id);
        }

        try
        {
            var length = await CopyAsync(content, shelf.PathOf(id, ImportFile.Uploaded), progress, cancellation);
            var job = new ImportJob { Id = id, FileName = Path.GetFileName(fileName), Length = length, At = clock.GetUtcNow(), ActorName = actor.Name };
            shelf.Keep(job);
            return job;
        }
        catch
        {
            shelf.Remove(id);
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _uploading.Remove(id);
            }
        }
    }

    /// <summary>Begins an import.</summary>
    /// <param name="job">An import that may be run; its file is there.</param>
    /// <param name="mapping">A mapping without faults.</param>
    /// <param name="isDryRun">Whether only to judge.</param>
    /// <param name="actor">Who begins it.</param>
    /// <exception cref="RefusedException"><c>AnotherRuns</c>, <c>FileGone</c>.</exception>
    public void Start(ImportJob job, ImportMapping mapping, bool isDryRun, Actor actor)
    {
        lock (_gate)
        {
            if (_current is { State: ImportState.Running })
            {
                throw new RefusedException("AnotherRuns", _current.FileName);
            }

            if (!File.Exists(shelf.PathOf(job.Id, ImportFile.Uploaded)))
            {
                throw new RefusedException("FileGone", job.FileName);
            }

            _current = job with
            {
                State = ImportState.Running, IsDryRun = isDryRun, Mapping = mapping.ToJson(), ActorName = actor.Name, At = clock.GetUtcNow(),
                Counts = ImportProgress.None with { BytesTotal = job.Length }, Remarks = [],
            };
            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            var (current, stop) = (_current, _stop.Token);
            shelf.Keep(current);
            // The sentences of the report are in the language of whoever began it, which flows along.
            _running = Task.Run(() => RunAsync(current, mapping, actor, stop), CancellationToken.None);
        }

        log.LogInformation("An import of {Bytes} bytes was begun by {Actor}", job.Length, actor.Id);
        Changed?.Invoke();
    }

    /// <summary>Stops the import that is going on, between two batches.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _stop?.Cancel();
        }
    }

    /// <summary>Removes an import's files and record.</summary>
    /// <param name="id">The import.</param>
    public void Remove(string id)
    {
        lock (_gate)
        {
            if (_current is { State: ImportState.Running } && _current.Id == id)
            {
                return;
            }

            _current = _current?.Id == id ? null : _current;
            shelf.Remove(id);
        }

        Changed?.Invoke();
    }

    /// <summary>Removes what is older than it may be.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            shelf.Sweep(options.Value.KeepDays, _current is null ? _uploading : [.. _uploading, _current.Id]);
        }
    }

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        Sweep();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Whatever is on record as running was cut off with the server that ran it.
            foreach (var job in shelf.All().Where(job => job.State == ImportState.Running))
            {
                shelf.Keep(job with { State = ImportState.Interrupted });
            }

            Sweep();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("The records of imports cannot be brought up to date: {Reason}", e.Message);
        }

        return Task.CompletedTask;
    }

    // Left as running in the record, if time does not suffice: the next start then calls it interrupted.
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Cancel();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop?.Dispose();

    private async Task<long> CopyAsync(Stream content, string path, Action<long> progress, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var buffer = new byte[1 << 17];
        long length = 0;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            if ((length += read) > options.Value.LargestFile)
            {
                throw new RefusedException("FileTooLarge", options.Value.LargestFile >> 20);
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress(length);
        }

        return length;
    }

    private async Task RunAsync(ImportJob job, ImportMapping mapping, Actor actor, CancellationToken stop)
    {
        try
        {
            Volatile.Write(ref _faults, []);
            job = await ImportAsync(job, mapping, actor, stop);
        }
        catch (FileRefusedException e)
        {
            job = job with { State = ImportState.Refused, Remarks = [.. e.Reasons.Select(reason => texts.Describe(reason.Reason))] };
        }
        catch (Exception e)
        {
            log.LogError(e, "An import failed; what it has stored stands");
            job = job with { State = ImportState.Failed, Counts = Current?.Counts ?? job.Counts };
        }

        Finish(job);
    }

    private async Task<ImportJob> ImportAsync(ImportJob job, ImportMapping mapping, Actor actor, CancellationToken stop)
    {
        await using var file = new FileStream(shelf.PathOf(job.Id, ImportFile.Uploaded), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        using var output = RefusedRows.ToFiles(texts.Describe, shelf.PathOf(job.Id, ImportFile.Refused), mapping.TextEncoding()!, shelf.PathOf(job.Id, ImportFile.Report));
        var recorded = clock.GetTimestamp();
        void Show(ImportProgress progress)
        {
            var shown = job with { Counts = progress };
            lock (_gate)
            {
                _current = shown;
            }

            Volatile.Write(ref _faults, output.Kept);
            if (clock.GetElapsedTime(recorded) > RecordEvery)
            {
                recorded = clock.GetTimestamp();
                shelf.Keep(shown);
            }

            Changed?.Invoke();
        }

        Task<ImportResult> WorkAsync() => run.RunAsync(file, mapping, new ImportOptions { IsDryRun = job.IsDryRun }, output, Show, stop);
        var record = new AuditRecord("cases.imported", mapping.Source.Trim());
        var result = job.IsDryRun ? await WorkAsync() : await lane.AuditedAsync(record, actor, WorkAsync, done => done.In(record));
        return job with
        {
            Counts = result.Counts,
            State = result.End switch { ImportEnd.Done => ImportState.Done, ImportEnd.Cancelled => ImportState.Cancelled, _ => ImportState.Failed },
            Remarks = result.Unused.Count == 0 ? [] : [texts["UnusedColumns", string.Join(", ", result.Unused)]],
        };
    }

    private void Finish(ImportJob job)
    {
        try
        {
            // The file has served; what was refused lies beside it.
            if (job is { State: ImportState.Done, IsDryRun: false })
            {
                File.Delete(shelf.PathOf(job.Id, ImportFile.Uploaded));
            }

            shelf.Keep(job);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("The record of an import could not be written: {Reason}", e.Message);
        }

        lock (_gate)
        {
            _current = job;
        }

        log.LogInformation(
            "An import ended as {State}: {Rows} rows, {Imported} imported, {Known} known, {Refused} refused", job.State, job.Counts.Rows, job.Counts.Imported,
            job.Counts.Known, job.Counts.Refused);
        Changed?.Invoke();
    }
}
