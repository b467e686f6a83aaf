using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>
/// Goes through the days of a campaign, or of one of its items. It tells its page which day to show; the page shows the
/// campaign as it stood at the end of that day, by what is known now.
/// </summary>
public sealed partial class ReplayPanel : IDisposable
{
    private const int MostBars = 120;
    private const int MostNumbers = 31;
    private static readonly int[] Speeds = [1, 2, 7, 30, 90];
    private static readonly TimeSpan Quickest = TimeSpan.FromMilliseconds(500);

    private readonly ComponentLifetime _life = new();
    private ElementReference _title;
    private ReplaySpan _span = default!;
    private CampaignPicture? _summed;
    private ITimer? _timer;
    private string? _item;
    private bool _open;
    private int _speed = 1;
    private int _stepping;

    /// <summary>The campaign as it stands now, which says what there is to replay.</summary>
    [Parameter, EditorRequired]
    public CampaignPicture Now { get; set; } = default!;

    /// <summary>The newest revision of each day of an item.</summary>
    [Parameter, EditorRequired]
    public Func<string, IReadOnlyList<CampaignEntry>> Entries { get; set; } = default!;

    /// <summary>What to begin with.</summary>
    [Parameter, EditorRequired]
    public ReplayChoice Choice { get; set; } = default!;

    /// <summary>The day that is shown.</summary>
    [Parameter, EditorRequired]
    public DateOnly Day { get; set; }

    /// <summary>Raised with the day to show.</summary>
    [Parameter]
    public EventCallback<DateOnly> DayChanged { get; set; }

    /// <summary>Raised when another item or another span was chosen.</summary>
    [Parameter]
    public EventCallback<ReplayChoice> OnChoice { get; set; }

    /// <summary>Raised when it shall end.</summary>
    [Parameter]
    public EventCallback OnEnd { get; set; }

    private CampaignDefinition Definition => Now.Definition;

    private string ItemName => _item is null ? Text["ReplayAll"] : Now.Items.FirstOrDefault(standing => standing.Item.Code == _item)?.Item.Name ?? _item;

    private string Summary => Text["ReplaySummary", ItemName, PageWords.Day(_span.From), PageWords.Day(_span.To), _span.Length,
        string.Join(Text["Comma"], _span.Sums.Where(sum => sum.Sum > 0).Select(sum => Text["MovedPart", sum.Stage.Name.Here, PageWords.Count(sum.Sum), Definition.Leading.Unit.Here].Value)) is { Length: > 0 } list ? list : Text["MovedNothing"]];

    private string Figures => Text["ReplayFigures", _span.Main.Name.Here, PageWords.Amount(_span.On(Day, _span.Main.Code), Definition.Leading), PageWords.Amount(_span.Until(Day, _span.Main.Code), Definition.Leading),
        Day.DayNumber - _span.From.DayNumber + 1, _span.Length];

    /// <summary>Takes the focus, for somebody who opened it.</summary>
    public ValueTask FocusAsync() => _title.FocusAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Dispose();
        _timer?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_summed is null)
        {
            // Whoever comes by an address has chosen already.
            (_item, _open) = (Choice.Item, Choice.Item is null);
            Sum(Choice.From, Choice.To);
        }
        else if (!ReferenceEquals(_summed, Now))
        {
            Sum(_span.From, _span.To);
        }
    }

    private void Sum(DateOnly from, DateOnly to)
    {
        _summed = Now;
        IEnumerable<string> items = _item is null ? Now.Items.Select(standing => standing.Item.Code) : [_item];
        _span = new ReplaySpan(Definition, items.SelectMany(Entries), from, to);
    }

    private async Task TurnAsync(string? item)
    {
        Stop();
        _item = item;
        var choice = ReplayChoice.Of(Now, item);
        await CutAsync(choice.From, choice.To);
    }

    private async Task CutAsync(DateOnly from, DateOnly to)
    {
        Stop();
        Sum(from, to);
        await OnChoice.InvokeAsync(new ReplayChoice(_item, _span.From, _span.To));
        await GoAsync(_span.From);
    }

    private Task GoAsync(DateOnly day)
    {
        var bounded = day < _span.From ? _span.From : day > _span.To ? _span.To : day;
        return bounded == Day ? Task.CompletedTask : DayChanged.InvokeAsync(bounded);
    }

    private Task Slide(ChangeEventArgs change)
    {
        Stop();
        return int.TryParse(change.Value as string, NumberStyles.Integer, CultureInfo.InvariantCulture, out var days) ? GoAsync(_span.From.AddDays(days)) : Task.CompletedTask;
    }

    private async Task PlayAsync()
    {
        if (_timer is not null)
        {
            Stop();
            return;
        }

        // Whoever plays at the end begins again.
        if (Day >= _span.To)
        {
            await GoAsync(_span.From);
        }

        Start();
    }

    private void Start()
    {
        var every = TimeSpan.FromSeconds(1) / _speed;
        every = every < Quickest ? Quickest : every;
        _timer = Time.CreateTimer(_ => Tick(), null, every, every);
    }

    private void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void Accelerate(ChangeEventArgs change)
    {
        _speed = int.TryParse(change.Value as string, NumberStyles.Integer, CultureInfo.InvariantCulture, out var speed) ? speed : 1;
        if (_timer is not null)
        {
            Stop();
            Start();
        }
    }

    // On the timer's thread. A browser that is slower than the clock skips beats and no days.
    private void Tick()
    {
        if (Interlocked.Exchange(ref _stepping, 1) == 0)
        {
            _ = InvokeAsync(StepAsync);
        }
    }

    private async Task StepAsync()
    {
        try
        {
            if (_life.HasEnded || _timer is null)
            {
                return;
            }

            await GoAsync(Day.AddDays(Math.Max(1, (int)(_speed * Quickest.TotalSeconds))));
            if (Day >= _span.To)
            {
                Stop();
            }

            StateHasChanged();
        }
        finally
        {
            Interlocked.Exchange(ref _stepping, 0);
        }
    }

    private static DateOnly? Read(ChangeEventArgs change) =>
        DateOnly.TryParseExact(change.Value as string, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
