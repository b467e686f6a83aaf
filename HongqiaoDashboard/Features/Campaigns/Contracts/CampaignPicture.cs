namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>A campaign as it stands: immutable, made anew when something changes, unchanged parts used again.</summary>
public sealed record CampaignPicture
{
    /// <summary>What the campaign is.</summary>
    public required CampaignDefinition Definition { get; init; }

    /// <summary>Grows with every change of the campaign.</summary>
    public required long Version { get; init; }

    /// <summary>The day that it shows, by the district's calendar: today, or the day of a replay.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>When the newest entry in it was made, or the start of the campaign.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Its items, by code.</summary>
    public required IReadOnlyList<ItemStanding> Items { get; init; }

    /// <summary>What reached each stage, all items together.</summary>
    public required IReadOnlyList<StageAmount> Reached { get; init; }

    /// <summary>The leading measure day by day from the start (or the first entry) to <see cref="Day"/>.</summary>
    public required IReadOnlyList<CampaignDay> Days { get; init; }

    /// <summary>How fast it has gone lately.</summary>
    public required CampaignPace Pace { get; init; }

    /// <summary>When nothing will be left, if it goes on like that; null when nothing is left already, or nothing moves.</summary>
    public CampaignForecast? Forecast { get; init; }

    /// <summary>What the same method would have said in the past, against what came.</summary>
    public CampaignBackTest? BackTest { get; init; }

    /// <summary>Whether any of it is made up.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>What is done of a measure.</summary>
    /// <param name="measure">Its code.</param>
    public long Done(string measure) => ReachedAt(Definition.DoneStage, measure);

    /// <summary>In all of a measure.</summary>
    /// <param name="measure">Its code.</param>
    public long Total(string measure) => Items.Sum(item => item.Item.Total(measure));

    /// <summary>What has reached a stage.</summary>
    /// <param name="stage">Stage code.</param>
    /// <param name="measure">Measure code.</param>
    public long ReachedAt(string stage, string measure) => Reached.FirstOrDefault(a => a.Stage == stage && a.Measure == measure).Amount;
}

/// <summary>An item as it stands.</summary>
public sealed record ItemStanding
{
    /// <summary>The item.</summary>
    public required CampaignItem Item { get; init; }

    /// <summary>What has reached each stage.</summary>
    public required IReadOnlyList<StageAmount> Reached { get; init; }

    /// <summary>Code of the last stage that all of it has reached; null for none.</summary>
    public string? Stage { get; init; }

    /// <summary>Day of its first entry with an amount; null for none.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>Day of its last entry with an amount; null for none.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The day on which all of it was done; null while it is not.</summary>
    public DateOnly? DoneDay { get; init; }

    /// <summary>Cases that stand in the way, by number, with whether each is still open.</summary>
    public IReadOnlyList<LinkedCase> Blockers { get; init; } = [];

    /// <summary>Its photographs, in the order in which they came.</summary>
    public IReadOnlyList<CampaignPhoto> Photos { get; init; } = [];

    /// <summary>Cases that say that it begins again, newest first.</summary>
    public IReadOnlyList<Relapse> Relapses { get; init; } = [];

    /// <summary>The flag that they raise.</summary>
    public RelapseFlag Flag { get; init; }

    /// <summary>Last day of the watch for relapses; null when there is none.</summary>
    public DateOnly? WatchedUntil { get; init; }

    /// <summary>What has reached a stage.</summary>
    /// <param name="stage">Stage code.</param>
    /// <param name="measure">Measure code.</param>
    public long ReachedAt(string stage, string measure) => Reached.FirstOrDefault(a => a.Stage == stage && a.Measure == measure).Amount;
}

/// <summary>A case that stands in an item's way.</summary>
/// <param name="Number">Its number.</param>
/// <param name="IsOpen">Whether it is still open.</param>
public sealed record LinkedCase(string Number, bool IsOpen);

/// <summary>A new case near an item that was done.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Type">Its type code.</param>
/// <param name="ReportedAt">When.</param>
/// <param name="Metres">Distance from the item's point.</param>
/// <param name="IsOpen">Whether the case is still open.</param>
public sealed record Relapse(string Number, string Type, DateTimeOffset ReportedAt, int Metres, bool IsOpen);

/// <summary>What cases near an item that was done say.</summary>
public enum RelapseFlag
{
    /// <summary>Nothing: no case within distance and time.</summary>
    None,
    /// <summary>There were cases, and each is over.</summary>
    Settled,
    /// <summary>At least one case is open.</summary>
    Raised,
}

/// <summary>A day of the leading measure.</summary>
/// <param name="Day">The day.</param>
/// <param name="Amount">Done on it.</param>
/// <param name="Done">Done by its end.</param>
/// <param name="Planned">What the plan wants by its end.</param>
public readonly record struct CampaignDay(DateOnly Day, long Amount, long Done, double Planned);

/// <summary>Speed of the last days, of the leading measure.</summary>
/// <param name="Last7">Mean a day over the last 7 days that are over, and the 7 before them.</param>
/// <param name="Before7">Mean a day over the 7 days before those.</param>
/// <param name="Last28">Mean a day over the last 28 days.</param>
/// <param name="Needed">What a day needs from tomorrow on to be ready by the target day; null when that has passed or nothing is left.</param>
/// <param name="Ahead">Days ahead of the plan, negative behind it; null where the plan says nothing.</param>
public sealed record CampaignPace(double Last7, double Before7, double Last28, double? Needed, int? Ahead);

/// <summary>When nothing will be left.</summary>
/// <param name="Earliest">One in ten chances of being ready by then.</param>
/// <param name="Middle">As likely before as after; null when beyond <see cref="Horizon"/>.</param>
/// <param name="Latest">Nine in ten chances; null when beyond <see cref="Horizon"/>.</param>
/// <param name="Remaining">What is left of the leading measure.</param>
/// <param name="Window">Days of the past that it rests on.</param>
/// <param name="Paths">Simulated futures.</param>
/// <param name="Horizon">The last day that was simulated.</param>
public sealed record CampaignForecast(DateOnly? Earliest, DateOnly? Middle, DateOnly? Latest, long Remaining, int Window, int Paths, DateOnly Horizon);

/// <summary>The method tried on the past: at each earlier day it was asked when what was done some weeks later would be reached.</summary>
/// <param name="Trials">How many days were tried.</param>
/// <param name="Within">How often the truth lay in the range.</param>
/// <param name="Stated">How often it should: the range's own claim, 0.8.</param>
/// <param name="MedianErrorDays">Median distance of the middle from the truth, in days.</param>
/// <param name="HorizonDays">How far ahead was asked.</param>
public sealed record CampaignBackTest(int Trials, int Within, double Stated, double MedianErrorDays, int HorizonDays);
