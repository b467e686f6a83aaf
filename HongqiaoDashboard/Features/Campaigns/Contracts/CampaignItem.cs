using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>One of the things that a campaign is about: a parcel, a market. It names no person and no household.</summary>
public sealed record CampaignItem
{
    /// <summary>Code within its campaign: letters, digits and hyphens, 32 at most. Never changed.</summary>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>A kind within the campaign, for example 占路市场; empty for none.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Code of the grid that it lies in, the smallest that holds it; its first nine digits are the responsible street.</summary>
    public required string GridCode { get; init; }

    /// <summary>Where it is marked.</summary>
    public required GeoPoint Point { get; init; }

    /// <summary>Its outline, a ring without the closing point; empty when only a point is known.</summary>
    public IReadOnlyList<GeoPoint> Outline { get; init; } = [];

    /// <summary>Department code of who leads; null for the street itself.</summary>
    public string? Lead { get; init; }

    /// <summary>Department codes of who helps.</summary>
    public IReadOnlyList<string> Helpers { get; init; } = [];

    /// <summary>Planned first day of the work; null for none.</summary>
    public DateOnly? PlannedFrom { get; init; }

    /// <summary>Planned last day; null for none.</summary>
    public DateOnly? PlannedTo { get; init; }

    /// <summary>In all, by the code of the measure.</summary>
    public required IReadOnlyDictionary<string, long> Totals { get; init; }

    /// <summary>Where the item came from: <c>demo</c>, <c>import</c>, <c>page</c>.</summary>
    public string Source { get; init; } = "page";

    /// <summary>Counts the changes of the item itself; whoever changes it names the version that they saw. 0 for a new one.</summary>
    public int Version { get; init; }

    /// <summary>In all of a measure.</summary>
    /// <param name="measure">Its code.</param>
    public long Total(string measure) => Totals.GetValueOrDefault(measure);
}

/// <summary>What reached a stage.</summary>
/// <param name="Stage">Stage code.</param>
/// <param name="Measure">Measure code.</param>
/// <param name="Amount">How much: on one day in an entry, in all in a standing.</param>
public readonly record struct StageAmount(string Stage, string Measure, long Amount);

/// <summary>
/// What moved on at one item on one day. A correction is another revision of the same day: the newest counts, and the ones
/// before stay readable.
/// </summary>
public sealed record CampaignEntry
{
    /// <summary>Item code.</summary>
    public required string Item { get; init; }

    /// <summary>Day by the district's calendar.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>From 1.</summary>
    public required int Revision { get; init; }

    /// <summary>What reached which stage on that day, zeros left out. Not negative: a mistake is corrected on its own day.</summary>
    public required IReadOnlyList<StageAmount> Amounts { get; init; }

    /// <summary>Remark; numbers of persons in it are masked where it is shown.</summary>
    public string Note { get; init; } = "";

    /// <summary>When it was entered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Name of who entered it.</summary>
    public required string ActorName { get; init; }

    /// <summary><c>demo</c>, <c>import</c>, <c>page</c>.</summary>
    public string Source { get; init; } = "page";
}
