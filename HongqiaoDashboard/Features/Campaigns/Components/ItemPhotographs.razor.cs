using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Web;
using HongqiaoDashboard.Ui.Live;
using HongqiaoDashboard.Ui.Photos;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>
/// Photographs of an item, before and after, beside each other: looked at, compared, added, taken away. What others do comes with
/// the item's standing.
/// </summary>
public sealed partial class ItemPhotographs : IDisposable
{
    private static readonly PhotoMoment[] Moments = [PhotoMoment.Before, PhotoMoment.After];

    private readonly ComponentLifetime _life = new();
    private readonly Dictionary<PhotoMoment, PhotoChoice> _choices = Moments.ToDictionary(moment => moment, _ => new PhotoChoice());
    private IReadOnlyList<CampaignPhotoWord> _gone = [];
    private IReadOnlyList<CampaignPhoto>? _known;
    private CampaignPhoto? _removing;
    private DateOnly? _taken;
    private string? _fault;
    private bool _open;

    /// <summary>What the campaign is.</summary>
    [Parameter, EditorRequired]
    public CampaignDefinition Definition { get; set; } = default!;

    /// <summary>The item as it stands.</summary>
    [Parameter, EditorRequired]
    public ItemStanding Standing { get; set; } = default!;

    /// <summary>Today by the district's calendar.</summary>
    [Parameter, EditorRequired]
    public DateOnly Today { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string Item => Standing.Item.Code;

    /// <inheritdoc/>
    public void Dispose() => _life.Dispose();

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (!_open || ReferenceEquals(_known, Standing.Photos))
        {
            return Task.CompletedTask;
        }

        return ReadAsync();
    }

    private string Name(PhotoMoment moment) => Text["Photograph" + moment];

    private List<CampaignPhoto> Of(PhotoMoment moment) => [.. Standing.Photos.Where(photo => photo.Moment == moment)];

    private string Full(string hash) => CampaignAddress.Photo(Definition.Code, Item, hash);

    private string Thumbnail(string hash) => CampaignAddress.Thumbnail(Definition.Code, Item, hash);

    private PhotoSource Source(PhotoMoment moment) =>
        new(Text["PhotographOf", Standing.Item.Name, Name(moment)], [.. Of(moment).Select(photo => photo.Hash)], Full, Thumbnail);

    private PhotoUpload Upload(PhotoMoment moment) => new(
        CampaignAddress.Photos(Definition.Code, Item, moment, _taken), AntiforgeryToken.Address, Receiving.Limits.MaxPerMove, Receiving.Limits.MaxMegabytes, Receiving.TooBig);

    private string Said(CampaignPhoto photo)
    {
        var uploaded = Text["PhotographUploaded", photo.ActorName, Words.When(photo.At)].Value;
        return photo.TakenOn is { } day ? string.Join(Text["Comma"], Text["PhotographTakenOn", PageWords.Day(day)], uploaded) : uploaded;
    }

    private void Take(ChangeEventArgs change) =>
        _taken = DateOnly.TryParseExact((string?)change.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private async Task Toggle()
    {
        (_open, _removing, _fault) = (!_open, null, null);
        if (_open)
        {
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _known = Standing.Photos;
        if (Actor.From((await Authentication).User) is not { } actor)
        {
            return;
        }

        try
        {
            _gone = [.. (await Desk.HistoryAsync(Definition.Code, Item, actor, _life.Token)).Where(word => !word.Kept)];
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            // The panel has gone.
        }
    }

    private async Task RemoveAsync(CampaignPhoto photo)
    {
        (_removing, _fault) = (null, null);
        if (Actor.From((await Authentication).User) is not { } actor)
        {
            return;
        }

        try
        {
            await Desk.RemoveAsync(Definition.Code, Item, photo.Moment, photo.Hash, actor, _life.Token);
        }
        catch (RefusedException refused)
        {
            _fault = Refusals.Of(refused.Refusal);
        }
        catch (StorageUnavailableException)
        {
            _fault = Text["StorageUnavailable"];
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            // The panel has gone; whether it was taken away shows the next one.
        }
    }

    private Task<IDialogReference> CompareAsync(CampaignPhoto before, CampaignPhoto after) => Dialogs.ShowAsync<PhotoCompare>(
        Text["PhotographOf", Standing.Item.Name, Text["PhotographCompare"]],
        new DialogParameters<PhotoCompare>
        {
            { c => c.Before, Full(before.Hash) }, { c => c.After, Full(after.Hash) },
            { c => c.BeforeTitle, Titled(before) }, { c => c.AfterTitle, Titled(after) },
        },
        new DialogOptions { MaxWidth = MaxWidth.Large, FullWidth = true, CloseButton = true, CloseOnEscapeKey = true });

    private string Titled(CampaignPhoto photo) => photo.TakenOn is { } day ? Text["PhotographOf", Name(photo.Moment), PageWords.Day(day)] : Name(photo.Moment);
}
