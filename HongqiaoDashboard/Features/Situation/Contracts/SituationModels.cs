using MessagePack;

namespace HongqiaoDashboard.Features.Situation.Contracts;

/// <summary>
/// The live picture of a scope at one instant. Immutable: a snapshot that somebody holds never changes, and the way from
/// one to a later one is <see cref="SituationDelta.Between"/>.
/// </summary>
[MessagePackObject]
public sealed record SituationSnapshot
{
    /// <summary>Changes when the server restarts; versions of different epochs do not compare.</summary>
    [Key("epoch")] public required string Epoch { get; init; }
    /// <summary>Grows with every change of this scope's picture.</summary>
    [Key("version")] public required long Version { get; init; }
    /// <summary>The instant that the picture shows.</summary>
    [Key("asOf")] public required DateTimeOffset AsOf { get; init; }
    /// <summary>Grid code, or null for all that the caller may see.</summary>
    [Key("scope")] public required string? Scope { get; init; }
    /// <summary>Figures.</summary>
    [Key("kpis")] public required IReadOnlyList<SituationKpi> Kpis { get; init; }
    /// <summary>Every grid of every tier within the scope, zeros included, in code order.</summary>
    [Key("heat")] public required IReadOnlyList<SituationCell> Heat { get; init; }
    /// <summary>The newest 50 cases by time of report, newest first.</summary>
    [Key("stream")] public required IReadOnlyList<SituationCard> Stream { get; init; }
    /// <summary>The latest 100 broken promises of open cases, latest first; <c>overdue</c> among the figures counts them all.</summary>
    [Key("breaches")] public required IReadOnlyList<SituationCard> Breaches { get; init; }
    /// <summary>Campaigns.</summary>
    [Key("campaigns")] public required IReadOnlyList<SituationCampaign> Campaigns { get; init; }
}

/// <summary>A figure, with all that it takes to check it.</summary>
/// <param name="Key">Which figure.</param>
/// <param name="Period"><c>now, today, todayPrevious, month, monthPrevious, year, yearPrevious, all</c>; previous means the same elapsed span of the period before.</param>
/// <param name="Value">The count, or the rate in per cent, cut (never rounded up) to two decimals; null without a denominator.</param>
/// <param name="Numerator">What is counted.</param>
/// <param name="Denominator">Of how many; null for a count.</param>
/// <param name="Unit"><c>cases</c> or <c>%</c>.</param>
/// <param name="Formula">Id and version of the formula.</param>
[MessagePackObject]
public sealed record SituationKpi(
    [property: Key("key")] string Key,
    [property: Key("period")] string Period,
    [property: Key("value")] double? Value,
    [property: Key("numerator")] long Numerator,
    [property: Key("denominator")] long? Denominator,
    [property: Key("unit")] string Unit,
    [property: Key("formula")] string Formula);

/// <summary>What a grid has.</summary>
/// <param name="Code">Grid code of any tier.</param>
/// <param name="Open">Open cases.</param>
/// <param name="Today">Cases reported today.</param>
/// <param name="Overdue">Open cases with a broken promise.</param>
[MessagePackObject]
public sealed record SituationCell(
    [property: Key("code")] string Code,
    [property: Key("open")] int Open,
    [property: Key("today")] int Today,
    [property: Key("overdue")] int Overdue);

/// <summary>What a wall may show of a case: type, grid, state and times, never the reporter's words.</summary>
[MessagePackObject]
public sealed record SituationCard
{
    /// <summary>Case number.</summary>
    [Key("number")] public required string Number { get; init; }
    /// <summary>Category code.</summary>
    [Key("category")] public required string Category { get; init; }
    /// <summary>Type code.</summary>
    [Key("type")] public required string Type { get; init; }
    /// <summary><c>ordinary</c> or <c>major</c>.</summary>
    [Key("severity")] public required string Severity { get; init; }
    /// <summary>Basic grid.</summary>
    [Key("gridCode")] public required string GridCode { get; init; }
    /// <summary>State, camel case.</summary>
    [Key("state")] public required string State { get; init; }
    /// <summary>When it was reported.</summary>
    [Key("reportedAt")] public required DateTimeOffset ReportedAt { get; init; }
    /// <summary>The next promised time that is not met; null when none is left.</summary>
    [Key("dueAt")] public required DateTimeOffset? DueAt { get; init; }
    /// <summary>Degrees north; the grid's centre for sensitive categories.</summary>
    [Key("lat")] public required double Lat { get; init; }
    /// <summary>Degrees east; the grid's centre for sensitive categories.</summary>
    [Key("lon")] public required double Lon { get; init; }
}

/// <summary>How far a campaign is.</summary>
/// <param name="Code">Campaign code.</param>
/// <param name="Name">Name.</param>
/// <param name="Done">Done so far.</param>
/// <param name="Total">In all.</param>
/// <param name="Unit">Of what.</param>
/// <param name="AsOf">Date of the figures.</param>
[MessagePackObject]
public sealed record SituationCampaign(
    [property: Key("code")] string Code,
    [property: Key("name")] string Name,
    [property: Key("done")] double Done,
    [property: Key("total")] double Total,
    [property: Key("unit")] string Unit,
    [property: Key("asOf")] DateTimeOffset AsOf);

/// <summary>What is no longer in the lists.</summary>
/// <param name="Stream">Case numbers.</param>
/// <param name="Breaches">Case numbers.</param>
/// <param name="Campaigns">Campaign codes.</param>
[MessagePackObject]
public sealed record SituationRemoved(
    [property: Key("stream")] IReadOnlyList<string> Stream,
    [property: Key("breaches")] IReadOnlyList<string> Breaches,
    [property: Key("campaigns")] IReadOnlyList<string> Campaigns);

/// <summary>Sign of life.</summary>
/// <param name="Epoch">As in the snapshot.</param>
/// <param name="Version">The version that the client has.</param>
/// <param name="AsOf">The instant up to which that version is right.</param>
[MessagePackObject]
public sealed record SituationHeartbeat(
    [property: Key("epoch")] string Epoch,
    [property: Key("version")] long Version,
    [property: Key("asOf")] DateTimeOffset AsOf);
