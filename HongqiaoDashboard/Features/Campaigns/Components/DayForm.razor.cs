using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>
/// What moved on at an item on a day, entered or corrected. It belongs to the revision of the day that was seen: if somebody
/// else enters the day meanwhile, it shows theirs beside what was typed, and nothing typed is lost until one has chosen.
/// </summary>
public sealed partial class DayForm
{
    // What was typed for other days of the item waits here until one comes back to them.
    private readonly Dictionary<DateOnly, DayDraft> _waiting = [];
    private DayDraft _draft = default!;
    private CampaignEntry? _theirs;
    private (string Stage, string Measure)? _wrong;
    private string? _item;
    private string? _fault;
    private string? _saved;
    private bool _busy;

    /// <summary>What the campaign is.</summary>
    [Parameter, EditorRequired]
    public CampaignDefinition Definition { get; set; } = default!;

    /// <summary>The item as it stands.</summary>
    [Parameter, EditorRequired]
    public ItemStanding Standing { get; set; } = default!;

    /// <summary>Newest revision of each of its days.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<CampaignEntry> Entries { get; set; } = [];

    /// <summary>Today by the district's calendar; no day after it can be entered.</summary>
    [Parameter, EditorRequired]
    public DateOnly Today { get; set; }

    /// <summary>The day to show, chosen outside, for example in the history; it is taken when it changes.</summary>
    [Parameter]
    public DateOnly? Day { get; set; }

    /// <summary>Raised when another day was chosen here.</summary>
    [Parameter]
    public EventCallback<DateOnly?> DayChanged { get; set; }

    /// <summary>Raised after a day was kept.</summary>
    [Parameter]
    public EventCallback OnKept { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private IEnumerable<CampaignMeasure> Measures => Definition.Measures.Where(measure => Standing.Item.Total(measure.Code) > 0);

    private IEnumerable<(string Code, string Name)> Reachable =>
        Definition.Stages.Select(stage => (stage.Code, stage.Name.Here)).Prepend(("", Text["StageNone"].Value));

    private string Has => Known(_draft.Day) is { } seen
        ? Text["DayHas", Words.Moved(Definition, seen.Amounts), seen.Revision, seen.ActorName, Words.When(seen.At)]
        : Text["DayHasNothing"];

    private string Mine => _draft.Read(Standing.Item, Entries, out var amounts) is null ? Words.Moved(Definition, amounts) : Text["MineUnread"];

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_item != Standing.Item.Code || (Day is { } day && day != _draft.Day))
        {
            var wanted = Day ?? Today;
            if (_item != Standing.Item.Code)
            {
                _waiting.Clear();
                _item = Standing.Item.Code;
                Begin(wanted);
            }
            else
            {
                Turn(wanted);
            }

            return;
        }

        // What was kept a moment ago may not have come back yet: only a newer revision is news.
        if (Known(_draft.Day) is { } newest && newest.Revision > Math.Max(_draft.BasedOn, _theirs?.Revision ?? 0))
        {
            Meet(newest);
        }
    }

    private CampaignEntry? Known(DateOnly day) => Entries.FirstOrDefault(entry => entry.Day == day);

    private long Most(string stage, CampaignMeasure measure)
    {
        var before = Definition.Stages.Take(Definition.StageIndex(stage)).LastOrDefault(earlier => measure.Stages.Contains(earlier.Code));
        return before is null ? Standing.Item.Total(measure.Code) : Standing.ReachedAt(before.Code, measure.Code);
    }

    private static string Remark(string note) => string.IsNullOrWhiteSpace(note) ? "" : $"（{PersonalNumbers.Mask(note)}）";

    private void Begin(DateOnly day)
    {
        _draft = new DayDraft(Definition, day, Known(day));
        (_theirs, _wrong, _fault, _saved) = (null, null, null, null);
    }

    private void Turn(DateOnly day)
    {
        if (_draft.IsTouched)
        {
            _waiting[_draft.Day] = _draft;
        }

        Begin(day);
        if (_waiting.Remove(day, out var typed))
        {
            _draft = typed;
            if (Known(day) is { } newest && newest.Revision > typed.BasedOn)
            {
                Meet(newest);
            }
        }
    }

    private void Meet(CampaignEntry newest)
    {
        if (_draft.IsTouched)
        {
            (_theirs, _saved) = (newest, null);
        }
        else
        {
            _draft.Take(newest);
        }
    }

    private async Task Choose(string? day)
    {
        if (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var chosen) && chosen != _draft.Day)
        {
            Turn(chosen);
            await DayChanged.InvokeAsync(chosen);
        }
    }

    private void Touch(Action change)
    {
        change();
        (_wrong, _saved) = (null, null);
    }

    private void Reset() => Begin(_draft.Day);

    private void KeepMine()
    {
        _draft.BasedOn = _theirs!.Revision;
        (_theirs, _fault) = (null, null);
    }

    private void TakeTheirs()
    {
        _draft.Take(_theirs);
        (_theirs, _fault) = (null, null);
    }

    private async Task SubmitAsync()
    {
        if (_busy || _theirs is not null)
        {
            return;
        }

        (_busy, _fault, _saved) = (true, null, null);
        try
        {
            var user = (await Authentication).User;
            if (!(await Authorization.AuthorizeAsync(user, Policies.WorkCases)).Succeeded || Actor.From(user) is not { } actor)
            {
                _fault = Text["NotAuthorized"];
            }
            else if ((_wrong = _draft.Read(Standing.Item, Entries, out var amounts)) is { } wrong)
            {
                _fault = Text["NotANumber", PageWords.Stage(Definition, wrong.Stage), PageWords.Measure(Definition, wrong.Measure)];
            }
            else
            {
                await EnterAsync(amounts, actor);
            }
        }
        catch (StorageUnavailableException)
        {
            _fault = Text["StorageUnavailable"];
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task EnterAsync(IReadOnlyList<StageAmount> amounts, Actor actor)
    {
        try
        {
            var kept = await Desk.EnterAsync(
                Definition.Code, new DayEntry { Item = Standing.Item.Code, Day = _draft.Day, Amounts = amounts, Note = _draft.Note, BasedOn = _draft.BasedOn }, actor);
            _draft.Take(kept);
            _saved = Text["Kept", PageWords.Day(kept.Day), Words.Moved(Definition, kept.Amounts), kept.Revision];
            await OnKept.InvokeAsync();
        }
        catch (RefusedException refused) when (refused.Refusal.Code == "EnteredMeanwhile")
        {
            // The feed may not have brought it yet: the desk knows.
            var newest = (await Desk.HistoryAsync(Definition.Code, Standing.Item.Code, actor)).Where(entry => entry.Day == _draft.Day).MaxBy(entry => entry.Revision);
            _theirs = newest;
            _fault = newest is null ? Refusals.Of(refused.Refusal) : null;
        }
        catch (RefusedException refused)
        {
            _fault = Refusals.Of(refused.Refusal);
        }
    }
}
