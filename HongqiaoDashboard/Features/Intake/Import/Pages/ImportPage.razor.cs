using System.Globalization;
using System.Text.Json;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using MudBlazor;

namespace HongqiaoDashboard.Features.Intake.Import.Pages;

/// <summary>
/// Imports history in steps: a file is uploaded, a mapping chosen or made beside what it makes of the first rows, everything
/// judged, and then imported. What runs goes on when the page is left.
/// </summary>
public sealed partial class ImportPage
{
    private readonly ComponentLifetime _life = new();
    private MappingForm _form = MappingForm.Of(ImportMapping.Documented);
    private Preview _preview = new([], [], [], []);
    private IReadOnlyList<ImportJob> _jobs = [];
    private ImportJob? _shown;
    private ImportJob? _upload;
    private string _chosen = "";
    private string? _problem;
    private long? _arrived;
    private bool _isBusy;
    private bool _isEditing;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private IGridDirectory Grids { get; set; } = default!;

    private bool CanStart => !_isBusy && _preview.Reasons.Count == 0 && _preview.Columns.Count > 0 && Desk.Current is not { State: ImportState.Running };

    /// <inheritdoc/>
    public void Dispose()
    {
        Desk.Changed -= OnChanged;
        _life.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Desk.Changed += OnChanged;
        Look();
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        if (!_life.HasEnded)
        {
            Look();
            StateHasChanged();
        }
    });

    // The list is read from its folder when something has ended, not a few times a second.
    private void Look()
    {
        var current = Desk.Current;
        if (_shown is null || current is not { State: ImportState.Running } || _shown.State != ImportState.Running)
        {
            _jobs = Desk.All();
        }

        _shown = current;
    }

    private async Task UploadAsync(IBrowserFile? file)
    {
        if (file is null)
        {
            return;
        }

        (_isBusy, _problem, _arrived) = (true, null, 0);
        try
        {
            // The desk counts what it takes in; a limit here would refuse without a sentence.
            await using var stream = file.OpenReadStream(long.MaxValue, _life.Token);
            var shown = 0L;
            var upload = await Desk.TakeInAsync(stream, file.Name, await ActorAsync(), arrived =>
            {
                if (arrived - shown > 1 << 21)
                {
                    shown = arrived;
                    _ = InvokeAsync(() =>
                    {
                        _arrived = _arrived is null ? null : arrived;
                        StateHasChanged();
                    });
                }
            }, _life.Token);
            _arrived = null;
            await TakeUpAsync(upload);
            _jobs = Desk.All();
        }
        catch (RefusedException e)
        {
            _problem = Text.Describe(e.Refusal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JSException or TimeoutException)
        {
            Logger.LogWarning(e, "A file of history did not arrive whole");
            _problem = Text["UploadFailed"];
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            // The page has gone.
        }
        finally
        {
            (_isBusy, _arrived) = (false, null);
        }
    }

    // An import that was begun before is taken up with the mapping that it had.
    private async Task TakeUpAsync(ImportJob job)
    {
        _upload = job;
        if (job.Mapping is { } json)
        {
            try
            {
                var mapping = ImportMapping.FromJson(json);
                (_form, _chosen) = (MappingForm.Of(mapping), Mappings.Named(mapping.Name)?.Name ?? "");
            }
            catch (JsonException)
            {
                // Written by another version; what is chosen now stands.
            }
        }

        await PreviewAsync();
    }

    private async Task ChooseAsync(string? name)
    {
        _chosen = name ?? "";
        _form = MappingForm.Of(Mappings.Named(_chosen) ?? ImportMapping.Documented);
        await PreviewAsync();
    }

    // Whoever makes a mapping of their own begins with the columns that this file has.
    private async Task EditAsync()
    {
        _isEditing = !_isEditing;
        if (_isEditing && _form.AllowsAbsent && _preview.Columns.Count > 0)
        {
            _form.Keep(_preview.Columns);
            await PreviewAsync();
        }
    }

    private async Task PreviewAsync()
    {
        if (_upload is not { } upload)
        {
            return;
        }

        try
        {
            var mapping = _form.ToMapping();
            _preview = await Task.Run(() => Previews.Make(Shelf.PathOf(upload.Id, ImportFile.Uploaded), mapping), _life.Token);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            (_upload, _problem) = (null, Text["FileGone", upload.FileName]);
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            // The page has gone.
        }
    }

    private async Task SaveMappingAsync() => await TryAsync(async actor =>
    {
        await Mappings.SaveAsync(_form.ToMapping(), actor, _life.Token);
        _chosen = _form.Name.Trim();
    });

    private async Task RemoveMappingAsync() => await TryAsync(async actor =>
    {
        await Mappings.RemoveAsync(_chosen, actor, _life.Token);
        _chosen = "";
    });

    private async Task Start(bool isDryRun) => await TryAsync(actor =>
    {
        Desk.Start(_upload!, _form.ToMapping(), isDryRun, actor);
        // A dry run is usually followed by the run itself.
        _upload = isDryRun ? _upload : null;
        return Task.CompletedTask;
    });

    private void Remove(ImportJob job)
    {
        Desk.Remove(job.Id);
        _upload = _upload?.Id == job.Id ? null : _upload;
    }

    private async Task TryAsync(Func<Actor, Task> work)
    {
        _problem = null;
        try
        {
            await work(await ActorAsync());
        }
        catch (RefusedException e)
        {
            _problem = Text.Describe(e.Refusal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageUnavailableException)
        {
            _problem = Text["NotStored"];
        }
    }

    private async Task<Actor> ActorAsync() => Actor.From((await Authentication).User) ?? throw new InvalidOperationException("The page has no actor.");

    private string StateOf(ImportJob job) => Text[(job.IsDryRun ? "Dry_" : "State_") + job.State] is { ResourceNotFound: false } own ? own : Text["State_" + job.State];

    private string Local(DateTimeOffset at) => Grids.Current.TimeZone.At(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static double Share(ImportJob job) => job.State == ImportState.Done ? 100 : job.Counts.BytesTotal == 0 ? 0 : 100.0 * job.Counts.BytesRead / job.Counts.BytesTotal;

    private static string Bytes(long bytes) => bytes < 1 << 20 ? $"{bytes / 1024.0:N1} KB" : $"{bytes / 1048576.0:N1} MB";

    private static Color ColorOf(ImportState state) => state switch
    {
        ImportState.Done => Color.Success,
        ImportState.Running or ImportState.Uploaded => Color.Primary,
        ImportState.Cancelled or ImportState.Interrupted => Color.Warning,
        _ => Color.Error,
    };
}
