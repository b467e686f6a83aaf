using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Pages;

/// <summary>A campaign in the test's hand, as feed and desk: pages cannot tell it from the real one. It judges nothing by itself.</summary>
internal sealed class MadeCampaign(CampaignDefinition definition, DateOnly today, params CampaignItem[] items) : ICampaignFeed, ICampaignDesk, ICampaignPhotos
{
    private readonly List<CampaignEntry> _history = [];
    private readonly List<Subscription> _subscribers = [];
    private readonly DateOnly _today = today;
    private long _version = 1;

    /// <summary>What the campaign is.</summary>
    public CampaignDefinition Definition => definition;

    /// <summary>How many look.</summary>
    public int Subscribers => _subscribers.Count;

    /// <summary>What the next entry is refused with; null to take it.</summary>
    public Refusal? Refusing { get; set; }

    /// <summary>What was linked last.</summary>
    public (string Item, string Number, bool Blocks)? Linked { get; private set; }

    /// <summary>Last word on an item as it stands.</summary>
    public Func<ItemStanding, ItemStanding> Adorn { get; set; } = standing => standing;

    /// <summary>Last word on the picture.</summary>
    public Func<CampaignPicture, CampaignPicture> Finish { get; set; } = picture => picture;

    /// <summary>Somebody enters a day.</summary>
    public CampaignEntry Enter(string item, DateOnly day, string actor, params StageAmount[] amounts)
    {
        var entry = new CampaignEntry
        {
            Item = item, Day = day, Revision = _history.Where(e => e.Item == item && e.Day == day).Select(e => e.Revision).DefaultIfEmpty().Max() + 1, Amounts = amounts,
            At = new DateTimeOffset(_today.ToDateTime(new TimeOnly(2, 0)), TimeSpan.Zero), ActorName = actor,
        };
        _history.Add(entry);
        Publish();
        return entry;
    }

    /// <summary>Something has changed.</summary>
    public void Publish()
    {
        _version++;
        _subscribers.ForEach(subscriber => subscriber.Changed());
    }

    public Task<ICampaignSubscription> SubscribeAsync(Actor actor, Action changed, CancellationToken cancellation = default)
    {
        var subscription = new Subscription(this, changed);
        _subscribers.Add(subscription);
        return Task.FromResult<ICampaignSubscription>(subscription);
    }

    public Task<CampaignEntry> EnterAsync(string campaign, DayEntry entry, Actor actor, CancellationToken cancellation = default)
    {
        if (Refusing is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        var newest = _history.Where(e => e.Item == entry.Item && e.Day == entry.Day).Select(e => e.Revision).DefaultIfEmpty().Max();
        return newest != entry.BasedOn
            ? throw new RefusedException("EnteredMeanwhile", entry.Day)
            : Task.FromResult(Enter(entry.Item, entry.Day, actor.Name, [.. entry.Amounts]));
    }

    public Task LinkAsync(string campaign, string item, string number, bool blocks, Actor actor, CancellationToken cancellation = default)
    {
        Linked = (item, number, blocks);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CampaignEntry>> HistoryAsync(string campaign, string item, Actor actor, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<CampaignEntry>>([.. _history.Where(entry => entry.Item == item).Reverse()]);

    public Task<CampaignItem> PutItemAsync(string campaign, CampaignItem item, Actor actor, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task TakeAsync(string campaign, IReadOnlyList<CampaignItem> items, IReadOnlyList<CampaignEntry> entries, Actor actor, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>What was said of photographs.</summary>
    public List<CampaignPhotoWord> Photographs { get; } = [];

    public Task<CampaignPhoto> AddAsync(string campaign, string item, PhotoMoment moment, Stream body, DateOnly? takenOn, Actor actor, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task RemoveAsync(string campaign, string item, PhotoMoment moment, string hash, Actor actor, CancellationToken cancellation = default)
    {
        Photographs.Insert(0, new CampaignPhotoWord(new CampaignPhoto(moment, hash, 1, 1, null, DateTimeOffset.UnixEpoch, actor.Name), Kept: false));
        Publish();
        return Task.CompletedTask;
    }

    Task<IReadOnlyList<CampaignPhotoWord>> ICampaignPhotos.HistoryAsync(string campaign, string item, Actor actor, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CampaignPhotoWord>>([.. Photographs]);

    private IReadOnlyList<CampaignEntry> Days(string item) =>
        [.. _history.Where(entry => entry.Item == item).GroupBy(entry => entry.Day).Select(day => day.MaxBy(entry => entry.Revision)!).OrderBy(entry => entry.Day)];

    private CampaignPicture At(DateOnly day)
    {
        var standings = items.Select(item => Standing(item, day)).ToList();
        var leading = definition.Leading.Code;
        var done = items.SelectMany(item => Days(item.Code)).SelectMany(entry => entry.Amounts.Where(a => a.Stage == definition.DoneStage && a.Measure == leading).Select(a => (entry.Day, a.Amount))).ToLookup(a => a.Day, a => a.Amount);
        var sum = 0L;
        return Finish(new CampaignPicture
        {
            Definition = definition, Version = _version, Day = day, AsOf = new DateTimeOffset(_today.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), Items = standings,
            Reached = [.. standings.SelectMany(standing => standing.Reached).GroupBy(a => (a.Stage, a.Measure)).Select(g => new StageAmount(g.Key.Stage, g.Key.Measure, g.Sum(a => a.Amount)))],
            Days = [.. Enumerable.Range(0, day.DayNumber - definition.Start.DayNumber + 1).Select(definition.Start.AddDays).Select(at => new CampaignDay(at, done[at].Sum(), sum += done[at].Sum(), 0))],
            Pace = new CampaignPace(3, 2, 2.5, 4, -5),
        });
    }

    private ItemStanding Standing(CampaignItem item, DateOnly until)
    {
        var days = Days(item.Code).Where(entry => entry.Day <= until && entry.Amounts.Count > 0).ToList();
        var reached = days.SelectMany(entry => entry.Amounts).GroupBy(a => (a.Stage, a.Measure)).Select(g => new StageAmount(g.Key.Stage, g.Key.Measure, g.Sum(a => a.Amount))).ToList();
        bool Whole(string stage) => definition.Measures.Where(m => m.Stages.Contains(stage)).All(m => reached.Any(a => a.Stage == stage && a.Measure == m.Code && a.Amount >= item.Total(m.Code)));
        return Adorn(new ItemStanding
        {
            Item = item, Reached = reached, FirstDay = days.FirstOrDefault()?.Day, LastDay = days.LastOrDefault()?.Day,
            Stage = definition.Stages.TakeWhile(stage => Whole(stage.Code)).LastOrDefault()?.Code, DoneDay = Whole(definition.DoneStage) ? days[^1].Day : null,
        });
    }

    private sealed class Subscription : ICampaignSubscription
    {
        private readonly MadeCampaign _campaign;
        private IReadOnlyList<CampaignPicture> _current;
        private long _shown;

        public Subscription(MadeCampaign campaign, Action changed)
        {
            (_campaign, Changed, _shown) = (campaign, changed, campaign._version);
            _current = [campaign.At(campaign._today)];
        }

        public Action Changed { get; }

        public IReadOnlyList<CampaignPicture> Current
        {
            get
            {
                if (_shown != _campaign._version)
                {
                    (_shown, _current) = (_campaign._version, [_campaign.At(_campaign._today)]);
                }

                return _current;
            }
        }

        public DateTimeOffset FreshAsOf => new(_campaign._today.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

        public CampaignPicture? At(string campaign, DateOnly day) => campaign == _campaign.Definition.Code ? _campaign.At(day) : null;

        public IReadOnlyList<CampaignEntry> Entries(string campaign, string item) => _campaign.Days(item);

        public void Dispose() => _campaign._subscribers.Remove(this);
    }
}
