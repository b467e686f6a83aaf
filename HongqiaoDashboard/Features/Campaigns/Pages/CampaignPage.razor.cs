using HongqiaoDashboard.Features.Campaigns.Components;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Campaigns.Pages;

/// <summary>
/// One campaign, whatever it is: what the page shows follows from its definition. It shows the campaign as it stands now, or,
/// in a replay, as it stood on a day; the panel of an item always works on what is now.
/// </summary>
public sealed partial class CampaignPage
{
    private ICampaignSubscription? _subscription;
    private CampaignPicture? _now;
    private CampaignPicture? _past;
    private IReadOnlyList<CampaignEntry> _entries = [];
    private FreshnessBadge? _badge;
    private ItemPanel? _panel;
    private ItemTable? _table;
    private ReplayPanel? _replayPanel;
    private ReplayChoice? _replay;
    private Func<ValueTask>? _then;
    private DateOnly _day;
    private string? _selected;
    private string? _code;
    private bool _loaded;

    /// <summary>Code of the campaign.</summary>
    [Parameter]
    public string Code { get; set; } = "";

    /// <summary>Code of an item: to open, or to replay where a day is given.</summary>
    [SupplyParameterFromQuery(Name = "item")]
    private string? QueryItem { get; set; }

    /// <summary>First day of a replay.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    private DateOnly? QueryFrom { get; set; }

    /// <summary>Last day of a replay.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    private DateOnly? QueryTo { get; set; }

    [Inject]
    private ICampaignFeed Feed { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    // What the page shows: a replay's day, or now.
    private CampaignPicture? Shown => _replay is null ? _now : _past ?? _now;

    private ItemStanding? Chosen => _now?.Items.FirstOrDefault(standing => standing.Item.Code == _selected);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var actor = Actor.From((await Authentication).User)!;
        _subscription = await FollowAsync((changed, cancellation) => Feed.SubscribeAsync(actor, changed, cancellation), RefreshAsync);
        _loaded = _subscription is not null;
        Arrive();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_loaded && _code != Code)
        {
            Arrive();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_badge is not null && _subscription is not null)
        {
            await _badge.BeatAsync(_subscription.FreshAsOf);
        }

        if (_then is { } then)
        {
            _then = null;
            await then();
        }
    }

    // Another campaign, or the first look: what the address asks for.
    private void Arrive()
    {
        (_code, _replay, _past, _selected, _entries) = (Code, null, null, null, []);
        Look();
        if (_now is null)
        {
            return;
        }

        if (QueryFrom is not null || QueryTo is not null)
        {
            Begin(ReplayChoice.Of(_now, QueryItem).Within(_now, QueryFrom, QueryTo));
            Mark(_replay!.Item);
        }
        else if (QueryItem is { } item)
        {
            Mark(item);
        }
    }

    private void Look()
    {
        _now = _subscription?.Current.FirstOrDefault(picture => picture.Definition.Code == Code);
        if (_selected is not null)
        {
            _entries = _subscription!.Entries(Code, _selected);
        }

        if (_replay is not null)
        {
            _past = _subscription!.At(Code, _day);
        }
    }

    private async Task RefreshAsync()
    {
        // The feed may have spoken before the first pictures were taken.
        if (_subscription is null)
        {
            return;
        }

        if (!ReferenceEquals(_now, _subscription.Current.FirstOrDefault(picture => picture.Definition.Code == Code)))
        {
            Look();
            StateHasChanged();
        }
        else if (_badge is not null)
        {
            await _badge.BeatAsync(_subscription.FreshAsOf);
        }
    }

    private void Mark(string? item)
    {
        _selected = _now?.Items.Any(standing => standing.Item.Code == item) == true ? item : null;
        _entries = _selected is null ? [] : _subscription!.Entries(Code, _selected);
    }

    private void Open(string item)
    {
        Mark(item);
        _then = () => _panel?.FocusAsync() ?? ValueTask.CompletedTask;
    }

    // A second click on a row closes what the first one opened.
    private void Toggle(string item)
    {
        if (_selected == item)
        {
            Close();
        }
        else
        {
            Open(item);
        }
    }

    private void Close()
    {
        var item = _selected;
        Mark(null);
        _then = () => item is null || _table is null ? ValueTask.CompletedTask : _table.FocusAsync(item);
    }

    private void Begin(ReplayChoice choice)
    {
        (_replay, _day) = (choice, choice.From);
        _past = _subscription!.At(Code, _day);
    }

    private void Replay(string? item)
    {
        Begin(ReplayChoice.Of(_now!, item));
        Remember(_replay!);
        _then = () => _replayPanel?.FocusAsync() ?? ValueTask.CompletedTask;
    }

    private void GoTo(DateOnly day)
    {
        _day = day;
        _past = _subscription!.At(Code, day);
    }

    // The address of a sprint can be handed on.
    private void Remember(ReplayChoice choice) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["item"] = choice.Item,
            ["from"] = PageWords.Day(choice.From),
            ["to"] = PageWords.Day(choice.To),
        }),
        replace: true);

    private void EndReplay()
    {
        (_replay, _past) = (null, null);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["item"] = null, ["from"] = null, ["to"] = null }), replace: true);
    }
}
