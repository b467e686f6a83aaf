using System.Globalization;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Demo.Domain.Campaigns;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Demo.Domain;

/// <summary>
/// All made-up cases of a seed. A day's cases depend on the seed and the day alone, beside catalog, grids and calendar: they are
/// the same whenever they are asked for. For one user at a time.
/// </summary>
internal sealed class DemoCases(
    int seed, DemoStories stories, DemoCampaignFile campaigns, IGridDirectory grids, IIncidentCatalog catalog, ICalendarBook calendars)
{
    /// <summary>Way in of all cases of the demo, by which it knows its own.</summary>
    public const string Source = "demo";

    private MonthPlaces? _places;

    /// <summary>Seed.</summary>
    public int Seed => seed;

    /// <summary>The campaigns of the seed, with all of their days before one.</summary>
    /// <param name="today">The day on which they shall stand where the published results stand.</param>
    public IEnumerable<DemoCampaign> Campaigns(DateOnly today)
    {
        var (sites, days) = (Places(today).Sites, new DemoDays(today, Zone));
        yield return new(campaigns.Relocation.Campaign, [.. DemoParcels.Make(seed, campaigns.Relocation, sites, days)]);
        yield return new(campaigns.Markets.Campaign, [.. DemoMarkets.Make(seed, campaigns.Markets, sites, days)]);
    }

    /// <summary>The district's zone.</summary>
    public TimeZoneInfo Zone => grids.Current.TimeZone;

    /// <summary>The history's cases that are reported on a day, in order.</summary>
    /// <param name="day">A local day.</param>
    public IEnumerable<DemoCase> Day(DateOnly day)
    {
        var random = StableRandom.Of(seed, "day", day.DayNumber);
        var isWorked = calendars.Current.IsWorkingDay(day);
        var start = Zone.StartOf(day).ToUniversalTime();
        var count = DemoRhythm.Count(random, DemoRhythm.Expected(day, isWorked));
        var times = Enumerable.Range(0, count).Select(_ => start.AddHours(DemoRhythm.Hour(random, isWorked)).AddSeconds(random.Below(3600))).Order().ToList();
        var date = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var types = InForce(day.Month);
        return times.Select((at, n) => Make(Id($"{date}-{n + 1}"), at, types));
    }

    /// <summary>The live cases that are reported in an hour, in order; none whose result would need photographs, which nobody takes.</summary>
    /// <param name="hour">A whole hour.</param>
    /// <param name="speed">How many times as many as in the history.</param>
    public IEnumerable<DemoCase> Hour(DateTimeOffset hour, double speed)
    {
        var number = hour.ToUnixTimeSeconds() / 3600;
        var random = StableRandom.Of(seed, "hour", number);
        var day = Zone.DayOf(hour);
        var isWorked = calendars.Current.IsWorkingDay(day);
        var count = DemoRhythm.Count(random, speed * DemoRhythm.Expected(day, isWorked) * DemoRhythm.Share(Zone.At(hour).Hour, isWorked));
        var times = Enumerable.Range(0, count).Select(_ => hour.AddMilliseconds(random.Below(3_600_000))).Order().ToList();
        var types = InForce(day.Month, type => type.PhotosToResolve == 0);
        return times.Select((at, n) => Make(Id($"live:{number.ToString(CultureInfo.InvariantCulture)}-{n + 1}"), at, types));
    }

    /// <summary>The life that a case of the demo was given, from its own time of report on.</summary>
    /// <param name="incident">A case of this demo.</param>
    public IReadOnlyList<HistoricStep> Life(Incident incident) =>
        Life(incident.ExternalId ?? incident.IdempotencyKey ?? incident.Number, incident.Type, incident.Severity, incident.ReportedAt);

    /// <summary>What may be told of a case at a time: what has happened until then.</summary>
    /// <param name="case">The case.</param>
    /// <param name="now">The time.</param>
    /// <returns>
    /// The case; null for one that is not reported yet, and for one that waits for photographs of its result, which nobody
    /// would ever take.
    /// </returns>
    public HistoricCase? Until(DemoCase @case, DateTimeOffset now)
    {
        var past = @case.Steps.TakeWhile(step => step.At <= now).ToList();
        var needsPhotos = @case.Type.PhotosToResolve > 0 && !past.Exists(step => step.Kind is Kind.Resolved or Kind.Rejected);
        return @case.ReportedAt > now || needsPhotos ? null : new HistoricCase
        {
            ExternalId = @case.Id,
            Source = Source,
            Type = @case.Type.Code,
            Severity = @case.Type.Severity,
            Point = @case.Point,
            Address = @case.Address,
            Description = @case.Description,
            ReportedAt = @case.ReportedAt,
            Department = past.Exists(step => step.Kind == Kind.Dispatched) ? Department(@case.Type) : null,
            Steps = past,
        };
    }

    /// <summary>Who handles a type.</summary>
    /// <param name="type">The type.</param>
    public string Department(IncidentType type) =>
        catalog.Department(type.Department) is { Ended: false } usual ? usual.Code : catalog.Departments.First(department => !department.Ended).Code;

    /// <summary>Prefix of the identities of a seed's cases.</summary>
    private string Id(string own) => string.Create(CultureInfo.InvariantCulture, $"demo:{seed}:{own}");

    private DemoCase Make(string id, DateTimeOffset at, (List<IncidentType> Types, Lottery Lottery) types)
    {
        var random = StableRandom.Of(seed, "case", id);
        var type = types.Types[types.Lottery.Draw(random)];
        var (point, community) = Place(random, type.Code, Zone.DayOf(at));
        var (description, address) = stories.Tell(random, type, community);
        return new DemoCase(id, type, point, address, description, at, Life(id, type.Code, type.Severity, at));
    }

    private IReadOnlyList<HistoricStep> Life(string id, string type, IncidentSeverity severity, DateTimeOffset at) =>
        DemoLife.Of(StableRandom.Of(seed, "life", id), stories, calendars.Current, Zone, type, severity, at);

    private (List<IncidentType>, Lottery) InForce(int month, Func<IncidentType, bool>? serves = null)
    {
        List<IncidentType> types = [.. catalog.Categories.Where(c => !c.Ended).SelectMany(c => c.Types).Where(t => !t.Ended && serves?.Invoke(t) != false)];
        return (types, new Lottery(types.Select(type => stories.Weight(type.Code, month))));
    }

    // Vendors come back to where a market is, or was.
    private (GeoPoint Point, string Community) Place(StableRandom random, string type, DateOnly day)
    {
        var known = Places(day);
        var vending = campaigns.Markets.Vending;
        if (!vending.Types.Contains(type) || !random.Chance(vending.Share))
        {
            return known.Places.Draw(random);
        }

        var point = known.Sites.Near(random, random.Of(known.Markets), vending.Metres);
        return (point, known.Edition.Find(known.Edition.Locate(point)?.ParentCode)?.Name ?? "");
    }

    private MonthPlaces Places(DateOnly day)
    {
        var (edition, month) = (grids.At(day), (12 * day.Year) + day.Month);
        if (_places is not { } known || !ReferenceEquals(known.Edition, edition) || known.Month != month)
        {
            var sites = new DemoSites(seed, edition, name => campaigns.Short(stories.Short(name)));
            _places = known = new MonthPlaces(edition, month, new DemoPlaces(seed, edition, month), sites, DemoMarkets.Places(campaigns.Markets, sites));
        }

        return known;
    }

    private sealed record MonthPlaces(GridEdition Edition, int Month, DemoPlaces Places, DemoSites Sites, IReadOnlyList<GeoPoint> Markets);
}

/// <summary>A made-up case with all of its life.</summary>
/// <param name="Id">Identity, <c>demo:seed:…</c>.</param>
/// <param name="Type">Its type.</param>
/// <param name="Point">Where, WGS-84.</param>
/// <param name="Address">Where, in words; null for a case that names no place.</param>
/// <param name="Description">What is said.</param>
/// <param name="ReportedAt">When it is reported.</param>
/// <param name="Steps">What happens after it, in order.</param>
internal sealed record DemoCase(
    string Id, IncidentType Type, GeoPoint Point, string? Address, string Description, DateTimeOffset ReportedAt, IReadOnlyList<HistoricStep> Steps);

/// <summary>A made-up campaign.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Items">Its items with what moved on at each.</param>
internal sealed record DemoCampaign(string Code, IReadOnlyList<(CampaignItem Item, IReadOnlyList<CampaignEntry> Entries)> Items);
