using HongqiaoDashboard.Features.Campaigns.Components;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Campaigns.Pages;

/// <summary>
/// One campaign, whatever it is: what the page shows follows from its definition. It shows the campaign as it stands now, or,
/// in a replay, as it stood on a day; the panel of an item always works on what is now.
/// </summary>
public sealed partial class CampaignPage
{
    private CampaignPicture? _now;
    private CampaignPicture? _past;
    private IReadOnlyList<CampaignEntry> _entries = [];
    private ItemPanel? _panel;
    private ItemTable? _table;
    private ReplayPanel? _replayPanel;
    private ReplayChoice? _replay;
    private Func<ValueTask>? _then;
    private DateOnly _day;
    private string? _selected;
    private string? _code;
    private bool _importing;

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
    private NavigationManager Navigation { get; set; } = default!;

    // What the page shows: a replay's day, or now.
    private CampaignPicture? Shown => _replay is null ? _now : _past ?? _now;

    private ItemStanding? Chosen => _now?.Items.FirstOrDefault(standing => standing.Item.Code == _selected);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Subscription is not null && _code != Code)
        {
            Arrive();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (_then is { } then)
        {
            _then = null;
            await then();
        }
    }

    /// <inheritdoc/>
    protected override bool Look()
    {
        if (_code != Code)
        {
            Arrive();
            return true;
        }

        var before = _now;
        Read();
        return !ReferenceEquals(before, _now);
    }

    // Another campaign, or the first look: what the address asks for.
    private void Arrive()
    {
        (_code, _replay, _past, _selected, _entries) = (Code, null, null, null, []);
        _importing = false;
        Read();
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

    private void Read()
    {
        var now = Subscription!.Current.FirstOrDefault(picture => picture.Definition.Code == Code);
        if (ReferenceEquals(now, _now))
        {
            return;
        }

        _now = now;
        _entries = _selected is null ? [] : Subscription.Entries(Code, _selected);
        _past = _replay is null ? null : Subscription.At(Code, _day);
    }

    private void Mark(string? item)
    {
        _selected = _now?.Items.Any(standing => standing.Item.Code == item) == true ? item : null;
        _entries = _selected is null ? [] : Subscription!.Entries(Code, _selected);
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
        _past = Subscription!.At(Code, _day);
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
        _past = Subscription!.At(Code, day);
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
