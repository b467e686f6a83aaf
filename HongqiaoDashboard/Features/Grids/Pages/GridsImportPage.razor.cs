using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Data;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Features.Grids.Pages;

/// <summary>Takes in an edition in two steps: a file is examined and shown, and kept only when somebody confirms it.</summary>
public sealed partial class GridsImportPage
{
    private readonly ComponentLifetime _life = new();
    private string _fileName = "";
    private GridImport? _import;
    private GridEdition? _kept;
    private string? _problem;
    private bool _isBusy;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Dispose();
    }

    private async Task ExamineAsync(IBrowserFile? file)
    {
        if (file is null)
        {
            return;
        }

        Clear();
        (_fileName, _isBusy) = (file.Name, true);
        try
        {
            // The store counts what it takes in; a limit here would refuse without a sentence.
            await using var stream = file.OpenReadStream(long.MaxValue, _life.Token);
            _import = await Store.ExamineAsync(stream, _life.Token);
        }
        catch (Exception e) when (e is IOException or JSException or TimeoutException)
        {
            Logger.LogWarning(e, "A file of grids did not arrive whole");
            _problem = Text["FileUnreadable"];
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            // The page has gone.
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task KeepAsync()
    {
        if (_import is not { Edition: { } edition } import
            || await Authorization.ActorAsync((await Authentication).User, Policies.Administer) is not { } actor)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var faults = await Desk.KeepAsync(import, actor);
            Clear();
            if (faults.IsEmpty)
            {
                _kept = edition;
            }
            else
            {
                _import = import with { Edition = null, Faults = faults };
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageUnavailableException)
        {
            Logger.LogError(e, "The grid edition {Edition} could not be written", edition.Id);
            _problem = Text["NotWritten"];
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void Clear() => (_import, _kept, _problem) = (null, null, null);
}
