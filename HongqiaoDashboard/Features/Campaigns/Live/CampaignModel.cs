using System.Collections.Immutable;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Live;

/// <summary>What the projection knows: items, days, cases. One thread owns it; what it hands out is immutable.</summary>
/// <param name="zone">The zone whose days count.</param>
internal sealed class CampaignModel(TimeZoneInfo zone)
{
    private readonly Dictionary<(string Campaign, string Item), ItemState> _items = [];
    private readonly Dictionary<string, HashSet<(string Campaign, string Item)>> _byCase = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Campaign, string Item), RelapseWatch> _watches = [];
    private readonly Dictionary<string, CampaignSheet> _sheets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _blocking = new(StringComparer.Ordinal);
    private readonly HashSet<(string Campaign, string Item)> _touched = [];
    private readonly HashSet<string> _recased = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Place in the campaigns' log up to which all is taken in.</summary>
    public long Seq { get; set; }

    /// <summary>Place in the cases' log up to which all is taken in.</summary>
    public long CaseSeq { get; set; }

    /// <summary>The campaigns in force.</summary>
    public IReadOnlyList<CampaignDefinition> Definitions { get; private set; } = [];

    /// <summary>Today.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>The zone whose days count.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>Takes in what holds today.</summary>
    /// <param name="definitions">The campaigns in force.</param>
    /// <param name="day">Today.</param>
    public void Begin(IReadOnlyList<CampaignDefinition> definitions, DateOnly day)
    {
        if (ReferenceEquals(definitions, Definitions) && day == Day)
        {
            return;
        }

        (Definitions, Day) = (definitions, day);
        _touched.UnionWith(_items.Keys);
        _sheets.Clear();
    }

    /// <summary>Takes in versions of an item.</summary>
    public void Put(string campaign, CampaignItem item)
    {
        var key = (campaign, item.Code);
        if (_items.TryGetValue(key, out var known) && known.Item.Version > item.Version)
        {
            return;
        }

        _items[key] = known is null ? new ItemState { Item = item, Standing = null! } : known with { Item = item };
        _touched.Add(key);
    }

    /// <summary>Takes in revisions of days of an item.</summary>
    public void Put(string campaign, string item, IEnumerable<CampaignEntry> revisions)
    {
        _items[(campaign, item)] = _items[(campaign, item)].With(revisions);
        _touched.Add((campaign, item));
    }

    /// <summary>Takes in that a case stands in the way or no longer does.</summary>
    public void Link(string campaign, string item, string number, bool blocks)
    {
        var key = (campaign, item);
        var state = _items[key];
        _items[key] = state with { Blockers = blocks ? state.Blockers.Add(number) : state.Blockers.Remove(number) };
        (_byCase.TryGetValue(number, out var items) ? items : _byCase[number] = []).Add(key);
        _recased.Add(campaign);
        _touched.Add(key);
    }

    /// <summary>Takes in that a photograph was added or taken away.</summary>
    public void Show(string campaign, string item, CampaignPhoto photo, bool kept)
    {
        var key = (campaign, item);
        var state = _items[key];
        var others = state.Photos.RemoveAll(known => (known.Moment, known.Hash) == (photo.Moment, photo.Hash));
        _items[key] = state with { Photos = kept ? others.Add(photo) : others };
        _recased.Add(campaign);
        Recase(key);
    }

    /// <summary>Blocking cases of which it is not known whether they are open.</summary>
    public IReadOnlyList<string> UnknownCases => [.. _byCase.Keys.Where(number => !_blocking.ContainsKey(number))];

    /// <summary>Says whether a blocking case is open.</summary>
    public void Know(string number, bool isOpen) => _blocking[number] = isOpen;

    /// <summary>Takes in a case as it is now. Most cases concern nobody and cost one look.</summary>
    /// <param name="facts">The case.</param>
    public void Apply(IncidentFacts facts)
    {
        if (_blocking.TryGetValue(facts.Number, out var open) && open != facts.State.IsOpen())
        {
            _blocking[facts.Number] = facts.State.IsOpen();
            foreach (var key in _byCase[facts.Number])
            {
                _recased.Add(key.Campaign);
                Recase(key);
            }
        }

        foreach (var (key, watch) in _watches)
        {
            Relapse(key, facts.Number, watch.Judge(facts));
        }
    }

    /// <summary>Counts anew what was touched.</summary>
    /// <param name="casesOf">Finds the cases that a new watch may be about, as they are now.</param>
    public void Settle(Func<RelapseWatch, IEnumerable<IncidentFacts>> casesOf)
    {
        foreach (var key in _touched)
        {
            if (Definitions.FirstOrDefault(definition => definition.Code == key.Campaign) is not { } definition)
            {
                continue;
            }

            var state = _items[key];
            var standing = CampaignStandings.Of(definition, state.Item, state.Entries, Day);
            var watch = RelapseWatch.Of(definition, standing, state.DoneAt(standing), zone);
            if (!(watch?.Same(state.Watch) ?? state.Watch is null))
            {
                var relapses = watch is null ? [] : casesOf(watch).Select(watch.Judge).OfType<Relapse>();
                state = state with { Watch = watch, Relapses = relapses.ToImmutableDictionary(relapse => relapse.Number) };
            }

            _items[key] = state with { Standing = state.WithCases(standing, IsOpen, _ => true) };
            _ = watch is null ? _watches.Remove(key) : (_watches[key] = watch) is not null;
        }
    }

    /// <summary>The campaigns as they stand; those in which nothing changed are the same objects as before.</summary>
    public ImmutableArray<CampaignSheet> Sheets()
    {
        var touched = _touched.Select(key => key.Campaign).ToHashSet(StringComparer.Ordinal);
        foreach (var definition in Definitions)
        {
            var before = _sheets.GetValueOrDefault(definition.Code);
            if (before is not null && !touched.Contains(definition.Code) && !_recased.Contains(definition.Code))
            {
                continue;
            }

            ImmutableArray<ItemState> items = [.. _items.Where(item => item.Key.Campaign == definition.Code).Select(item => item.Value).OrderBy(item => item.Item.Code, StringComparer.Ordinal)];
            _sheets[definition.Code] = new CampaignSheet(
                definition, ++_version, Day, items, new Dictionary<string, bool>(_blocking), zone, touched.Contains(definition.Code) ? null : before);
        }

        _touched.Clear();
        _recased.Clear();
        return [.. Definitions.Select(definition => _sheets[definition.Code])];
    }

    private bool IsOpen(string number) => _blocking.GetValueOrDefault(number);

    private void Relapse((string Campaign, string Item) key, string number, Relapse? relapse)
    {
        var state = _items[key];
        if (state.Relapses.GetValueOrDefault(number) == relapse)
        {
            return;
        }

        _items[key] = state with { Relapses = relapse is null ? state.Relapses.Remove(number) : state.Relapses.SetItem(number, relapse) };
        _recased.Add(key.Campaign);
        Recase(key);
    }

    // What is touched is counted anew anyway, and may not have been counted yet; nor is what belongs to no campaign in force.
    private void Recase((string Campaign, string Item) key)
    {
        if (!_touched.Contains(key) && _items[key] is { Standing: not null } state)
        {
            _items[key] = state with { Standing = state.WithCases(state.Standing, IsOpen, _ => true) };
        }
    }
}
