using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Import;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>Takes a file of items or of daily entries in: what it would change is shown first, and what is wrong with it.</summary>
public sealed partial class CampaignImport
{
    private readonly ComponentLifetime _life = new();
    private CampaignImportKind _kind = CampaignImportKind.Entries;
    private CampaignImportOutcome? _outcome;
    private byte[]? _file;
    private string? _name;
    private string? _problem;
    private string? _done;
    private bool _corrections;
    private bool _isBusy;

    /// <summary>The campaign.</summary>
    [Parameter, EditorRequired]
    public CampaignDefinition Definition { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    // The first measure of a stage has the stage's name for itself.
    private IEnumerable<string> AmountColumns => _kind == CampaignImportKind.Items
        ? Definition.Measures.Select((measure, place) => place == 0 ? $"total ({measure.Name})" : $"total.{measure.Code} ({measure.Name})")
        : Definition.Stages.SelectMany(stage => Definition.Measures.Where(measure => measure.Stages.Contains(stage.Code))
            .Select((measure, place) => place == 0 ? $"{stage.Code} ({stage.Name} · {measure.Name})" : $"{stage.Code}.{measure.Code} ({stage.Name} · {measure.Name})"));

    /// <inheritdoc/>
    public void Dispose() => _life.Dispose();

    private async Task UploadAsync(IBrowserFile? file)
    {
        if (file is null)
        {
            return;
        }

        Clear();
        if (file.Size > CampaignImportShelf.LargestFile)
        {
            _problem = Text["TooLarge", CampaignImportShelf.LargestFile >> 20];
            return;
        }

        try
        {
            using var bytes = new MemoryStream();
            await using var stream = file.OpenReadStream(CampaignImportShelf.LargestFile, _life.Token);
            await stream.CopyToAsync(bytes, _life.Token);
            (_file, _name) = (bytes.ToArray(), file.Name);
        }
        catch (Exception e) when (e is IOException or JSException or OperationCanceledException)
        {
            _problem = Text["UploadFailed"];
            return;
        }

        await RunAsync(isDryRun: true);
    }

    private Task ChooseAsync(CampaignImportKind kind)
    {
        _kind = kind;
        return AgainAsync();
    }

    private Task CorrectAsync(bool corrections)
    {
        _corrections = corrections;
        return AgainAsync();
    }

    private Task AgainAsync() => _file is null || _done is not null ? Task.CompletedTask : RunAsync(isDryRun: true);

    private async Task RunAsync(bool isDryRun)
    {
        if (_isBusy || _file is null || Actor.From((await Authentication).User) is not { } actor)
        {
            return;
        }

        (_isBusy, _problem) = (true, null);
        StateHasChanged();
        try
        {
            _outcome = await Shelf.RunAsync(_file, Definition.Code, _kind, new(isDryRun, _corrections), actor, _life.Token);
            _problem = _outcome.Result is null ? Text["ResultRefused"].Value : null;
            _done = isDryRun || _outcome.Result is null ? null : _name;
        }
        catch (RefusedException e)
        {
            _problem = Words.Of(e.Refusal);
        }
        catch (StorageUnavailableException)
        {
            _problem = Text["NotStored"];
        }
        catch (OperationCanceledException)
        {
            // The page has gone.
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void Clear() => (_file, _name, _outcome, _problem, _done) = (null, null, null, null, null);
}
