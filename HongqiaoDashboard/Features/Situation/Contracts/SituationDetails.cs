namespace HongqiaoDashboard.Features.Situation.Contracts;

/// <summary>
/// What boards in the process show of the same instant beside the snapshot: rankings, the curve of the day, and how much of
/// each promise is left. It does not go over the wire. Immutable; an unchanged member is the same object as before.
/// </summary>
public sealed record SituationDetails
{
    /// <summary>Reports by hour.</summary>
    public required SituationHours Hours { get; init; }

    /// <summary>The grids one tier below the scope, most open cases first.</summary>
    public required IReadOnlyList<SituationUnit> Units { get; init; }

    /// <summary>Categories that have open cases, most first.</summary>
    public required IReadOnlyList<SituationCategory> Categories { get; init; }

    /// <summary>Broken promises of open cases, latest first; the first of those in the snapshot.</summary>
    public required IReadOnlyList<SituationDeadline> Broken { get; init; }

    /// <summary>Promises that end next, soonest first.</summary>
    public required IReadOnlyList<SituationDeadline> Coming { get; init; }

    /// <summary>Details of nothing, as before the first picture.</summary>
    public static SituationDetails None { get; } = new() { Hours = SituationHours.None, Units = [], Categories = [], Broken = [], Coming = [] };

    /// <summary>This, with every member that equals the one before replaced by it; the one before when all do.</summary>
    /// <param name="before">The details before.</param>
    internal SituationDetails Reusing(SituationDetails before)
    {
        var next = this with
        {
            Hours = Hours.Equals(before.Hours) ? before.Hours : Hours,
            Units = Units.SequenceEqual(before.Units) ? before.Units : Units,
            Categories = Categories.SequenceEqual(before.Categories) ? before.Categories : Categories,
            Broken = Broken.SequenceEqual(before.Broken) ? before.Broken : Broken,
            Coming = Coming.SequenceEqual(before.Coming) ? before.Coming : Coming,
        };
        return next == before ? before : next;
    }
}

/// <summary>Reports by hour of today beside the usual day.</summary>
/// <param name="Day">Today, by the district's calendar.</param>
/// <param name="Hour">The hour that is under way, 0 to 23.</param>
/// <param name="Today">Reports of each hour of today.</param>
/// <param name="Usual">Mean of the same weekday in the four weeks before, days before the first record left out.</param>
/// <param name="UsualDays">Of how many days; with none there is no usual day.</param>
public sealed record SituationHours(DateOnly Day, int Hour, IReadOnlyList<int> Today, IReadOnlyList<double> Usual, int UsualDays)
{
    /// <summary>No reports on no day.</summary>
    public static SituationHours None { get; } = new(DateOnly.MinValue, 0, new int[24], new double[24], 0);

    /// <summary>How many reports a usual day has by an hour.</summary>
    /// <param name="hour">Hours since the day began, for example 13.5.</param>
    public double UsualBy(double hour) => Usual.Select((count, index) => count * Math.Clamp(hour - index, 0, 1)).Sum();

    /// <inheritdoc/>
    public bool Equals(SituationHours? other) =>
        other is not null && Day == other.Day && Hour == other.Hour && UsualDays == other.UsualDays && Today.SequenceEqual(other.Today) && Usual.SequenceEqual(other.Usual);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Day, Hour, UsualDays, Today.Sum());
}

/// <summary>A grid in a ranking.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Open">Open cases.</param>
/// <param name="Overdue">Of these, with a broken promise.</param>
/// <param name="Today">Reported today.</param>
/// <param name="Closure">Closure rate of this month; null for basic grids, of which no rates are kept.</param>
public sealed record SituationUnit(string Code, int Open, int Overdue, int Today, SituationKpi? Closure);

/// <summary>A category in a ranking. Counts only, so that sensitive ones may stand here.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Open">Open cases.</param>
/// <param name="Overdue">Of these, with a broken promise.</param>
public sealed record SituationCategory(string Code, int Open, int Overdue);

/// <summary>A promise and the span whose rest a board shows as a bar.</summary>
/// <param name="Card">The case.</param>
/// <param name="From">Where the span begins: the report, or the promise that was broken.</param>
/// <param name="To">Where it ends: the promise, or after a broken one the last promise, to close by.</param>
public sealed record SituationDeadline(SituationCard Card, DateTimeOffset From, DateTimeOffset To);
