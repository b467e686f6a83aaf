using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>What is watched for around an item that is done.</summary>
/// <param name="Rule">Which cases.</param>
/// <param name="Point">Around where.</param>
/// <param name="From">Reported from then on.</param>
/// <param name="Before">Reported before then.</param>
internal sealed record RelapseWatch(RelapseRule Rule, GeoPoint Point, DateTimeOffset From, DateTimeOffset Before)
{
    /// <summary>The watch around an item, or null: nothing is watched for, or it is not done.</summary>
    /// <param name="definition">The campaign.</param>
    /// <param name="standing">The item.</param>
    /// <param name="doneAt">When the day on which it was done was entered.</param>
    /// <param name="zone">The zone whose days count.</param>
    public static RelapseWatch? Of(CampaignDefinition definition, ItemStanding standing, DateTimeOffset? doneAt, TimeZoneInfo zone)
    {
        if (definition.Relapse is not { } rule || standing.DoneDay is not { } done)
        {
            return null;
        }

        var next = zone.StartOf(done.AddDays(1));
        // On the day itself what was reported before may be what was cleared away.
        var from = doneAt is { } at && at < next ? (at > zone.StartOf(done) ? at : zone.StartOf(done)) : next;
        return new RelapseWatch(rule, standing.Item.Point, from.ToUniversalTime(), zone.StartOf(done.AddDays(rule.Days + 1)).ToUniversalTime());
    }

    /// <summary>What a case says, or null: it is another type, too far, too early or too late, or was not taken on.</summary>
    /// <param name="facts">The case.</param>
    public Relapse? Judge(IncidentFacts facts)
    {
        if (facts.State is IncidentState.Rejected or IncidentState.Merged || facts.ReportedAt < From || facts.ReportedAt >= Before || !Rule.Types.Contains(facts.Type))
        {
            return null;
        }

        var metres = Point.MetresTo(new GeoPoint(facts.Latitude, facts.Longitude));
        return metres <= Rule.Metres ? new Relapse(facts.Number, facts.Type, facts.ReportedAt, (int)Math.Round(metres), facts.State.IsOpen()) : null;
    }

    /// <summary>The flag that cases raise.</summary>
    /// <param name="relapses">The cases.</param>
    public static RelapseFlag FlagOf(IReadOnlyCollection<Relapse> relapses) =>
        relapses.Count == 0 ? RelapseFlag.None : relapses.Any(relapse => relapse.IsOpen) ? RelapseFlag.Raised : RelapseFlag.Settled;

    /// <summary>Whether it watches the same; a rule of another version that says the same is the same.</summary>
    /// <param name="other">Another watch.</param>
    public bool Same(RelapseWatch? other) =>
        other is not null && (Point, From, Before, Rule.Metres) == (other.Point, other.From, other.Before, other.Rule.Metres) && Rule.Types.SequenceEqual(other.Rule.Types);
}
