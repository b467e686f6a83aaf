using System.Collections.Concurrent;
using System.Collections.Immutable;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Campaigns.Live;

/// <summary>
/// A campaign in one version, and the pictures of it for whoever asks: each scope's is made once, figures are kept from
/// version to version while no day of it has changed. Safe for any number of threads.
/// </summary>
internal sealed class CampaignSheet
{
    // A replay asks for one day after another; who goes through it again finds them here.
    private const int MostReplayed = 256;

    private readonly ConcurrentDictionary<string, Lazy<CampaignPicture>> _pictures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<SituationCampaign>> _parts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Scope, DateOnly Day), CampaignPicture> _replayed = new();
    private readonly ConcurrentDictionary<string, Lazy<Figures>> _figures;
    private readonly IReadOnlyDictionary<string, bool> _cases;
    private readonly TimeZoneInfo _zone;

    /// <summary>Puts a version together.</summary>
    /// <param name="definition">The campaign.</param>
    /// <param name="version">The version.</param>
    /// <param name="day">Today.</param>
    /// <param name="items">Its items by code, in their order.</param>
    /// <param name="cases">Whether each blocking case is open.</param>
    /// <param name="zone">The zone whose days count.</param>
    /// <param name="before">The version before, when no item, day or date differs from it but cases alone; null otherwise.</param>
    public CampaignSheet(
        CampaignDefinition definition, long version, DateOnly day, ImmutableArray<ItemState> items, IReadOnlyDictionary<string, bool> cases, TimeZoneInfo zone, CampaignSheet? before)
    {
        (Definition, Version, Day, Items, _cases, _zone) = (definition, version, day, items, cases, zone);
        _figures = before?._figures ?? new(StringComparer.Ordinal);
        _parts = before?._parts ?? new(StringComparer.Ordinal);
    }

    public CampaignDefinition Definition { get; }

    public long Version { get; }

    public DateOnly Day { get; }

    public ImmutableArray<ItemState> Items { get; }

    /// <summary>The picture of today.</summary>
    /// <param name="scope">Grid code; empty for all.</param>
    public CampaignPicture Picture(string scope) =>
        _pictures.GetOrAdd(scope, _ => new Lazy<CampaignPicture>(() => Make(Within(scope), Day, [.. Within(scope).Select(item => item.Standing)], FiguresOf(scope)))).Value;

    /// <summary>The picture of a day, by what is known now.</summary>
    /// <param name="scope">Grid code; empty for all.</param>
    /// <param name="day">The day.</param>
    public CampaignPicture At(string scope, DateOnly day)
    {
        if (day >= Day)
        {
            return Picture(scope);
        }

        if (_replayed.Count >= MostReplayed)
        {
            _replayed.Clear();
        }

        return _replayed.GetOrAdd((scope, day), _ =>
        {
            var items = Within(scope);
            ImmutableArray<ItemStanding> standings = [.. items.Select(item => item.WithCases(
                CampaignStandings.Of(Definition, item.Item, item.Entries, day), IsOpen, relapse => _zone.DayOf(relapse.ReportedAt) <= day))];
            return Make(items, day, standings, Count(items, day));
        });
    }

    /// <summary>What the situation shows: the leading measure under the campaign's code, each other one under its own.</summary>
    /// <param name="scope">Grid code; empty for all.</param>
    public ImmutableArray<SituationCampaign> Parts(string scope) => _parts.GetOrAdd(scope, _ =>
    {
        var items = Within(scope);
        var asOf = AsOf(items, Day);
        return items.Length == 0 ? [] :
        [
            .. Definition.Measures.Select((measure, place) => new SituationCampaign(
                place == 0 ? Definition.Code : $"{Definition.Code}.{measure.Code}",
                place == 0 ? Definition.Name : $"{Definition.Name} · {measure.Name.Zh}",
                items.Sum(item => item.Standing.ReachedAt(Definition.DoneStage, measure.Code)), items.Sum(item => item.Item.Total(measure.Code)), measure.Unit.Zh, asOf)),
        ];
    });

    /// <summary>The items within a scope.</summary>
    /// <param name="scope">Grid code; empty for all.</param>
    public ImmutableArray<ItemState> Within(string scope) =>
        scope.Length == 0 ? Items : [.. Items.Where(item => item.Item.GridCode.StartsWith(scope, StringComparison.Ordinal))];

    private bool IsOpen(string number) => _cases.GetValueOrDefault(number);

    private Figures FiguresOf(string scope) => _figures.GetOrAdd(scope, _ => new Lazy<Figures>(() => Count(Within(scope), Day))).Value;

    private Figures Count(ImmutableArray<ItemState> items, DateOnly day)
    {
        var amounts = CampaignStandings.Done(Definition, items.SelectMany(item => item.Entries).Where(entry => entry.Day <= day));
        var (days, pace, forecast, backTest) = CampaignFigures.Of(Definition, items.Sum(item => item.Item.Total(Definition.Leading.Code)), amounts, day);
        return new Figures(days, pace, forecast, backTest);
    }

    private CampaignPicture Make(ImmutableArray<ItemState> items, DateOnly day, ImmutableArray<ItemStanding> standings, Figures figures) => new()
    {
        Definition = Definition,
        Version = Version,
        Day = day,
        AsOf = AsOf(items, day),
        Items = standings,
        Reached = CampaignStandings.Sum(Definition, standings),
        Days = figures.Days,
        Pace = figures.Pace,
        Forecast = figures.Forecast,
        BackTest = figures.BackTest,
        IsSynthetic = items.Any(item => item.Item.Source == "demo" || item.Entries.Any(entry => entry.Source == "demo")),
    };

    private DateTimeOffset AsOf(ImmutableArray<ItemState> items, DateOnly day)
    {
        var newest = items.SelectMany(item => item.Entries).Where(entry => entry.Day <= day).Select(entry => (DateTimeOffset?)entry.At).Max();
        return newest ?? _zone.StartOf(Definition.Start).ToUniversalTime();
    }

    private sealed record Figures(IReadOnlyList<CampaignDay> Days, CampaignPace Pace, CampaignForecast? Forecast, CampaignBackTest? BackTest);
}
