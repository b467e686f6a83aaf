using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Domain;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Situation.Data;

/// <summary>
/// Fills a model from one state of the database. Everything is read within the session's snapshot, so that rows, tallies
/// and log agree.
/// </summary>
/// <param name="read">A session that began a snapshot.</param>
internal sealed class SituationLoader(ReadSession read)
{
    private const int PageLength = 2_000;

    /// <summary>Makes a model of the whole database.</summary>
    /// <param name="zone">The zone whose days count.</param>
    /// <returns>The model, at the last entry of the log, its clock not yet run; and how far the stored tallies went, or null without any.</returns>
    public (SituationModel Model, long? StoredSeq) Load(TimeZoneInfo zone)
    {
        var model = new SituationModel(zone);
        var rules = RulesOf(zone);
        var checkpoint = read.Query<TallyCheckpoint>().FirstOrDefault(c => c.Rules == rules);
        if (checkpoint is null)
        {
            foreach (var facts in read.Query<Incident>().Select(IncidentRows.Facts))
            {
                model.CountTallies(facts);
            }
        }
        else
        {
            // Thousands of rows: without their keys, which repeat rules and scope.
            foreach (var tally in read.Query<StoredTally>().Where(t => t.Rules == rules).Select(t => new { t.Scope, t.Month, t.Counts }))
            {
                model.Tallies.Restore(model.Scopes.Id(tally.Scope), tally.Month, tally.Counts);
            }

            model.Tallies.TakeChanged(_ => false);
            model.Seq = checkpoint.Seq;
            foreach (var entry in LogAfter(checkpoint.Seq, int.MaxValue))
            {
                model.ApplyTallies(entry);
            }
        }

        model.Seq = read.Query<IncidentEvent>().Max(e => (long?)e.Seq) ?? 0;
        foreach (var facts in read.Query<Incident>().Open())
        {
            model.Open.Put(facts, model.Scopes.Path(facts.GridCode), model.Touched);
        }

        return (model, checkpoint?.Seq);
    }

    /// <summary>Entries of the log after a place, in order, read page by page.</summary>
    /// <param name="seq">Last entry that is known.</param>
    /// <param name="most">How many at most.</param>
    public IEnumerable<IncidentEvent> LogAfter(long seq, int most)
    {
        while (most > 0)
        {
            var page = read.Query<IncidentEvent>().Where(e => e.Seq > seq).OrderBy(e => e.Seq).Take(Math.Min(PageLength, most)).ToList();
            foreach (var entry in page)
            {
                yield return entry;
                seq = entry.Seq;
            }

            most -= page.Count;
            if (page.Count < PageLength)
            {
                yield break;
            }
        }
    }

    /// <summary>Loads days into the cursors that ask for it, and those that the curve of the hours misses.</summary>
    /// <param name="model">A model at the snapshot's last entry.</param>
    /// <param name="stale">What <see cref="SituationModel.Advance"/> answered.</param>
    public void LoadDays(SituationModel model, IReadOnlyList<DayCursor> stale)
    {
        foreach (var cursor in stale)
        {
            var (from, before) = model.Bounds(cursor);
            foreach (var facts in read.Query<Incident>().WithMarksIn(from, before))
            {
                model.Load(cursor, facts);
            }
        }

        foreach (var day in model.Hours.Missing.ToArray())
        {
            model.LoadHours(day, ReportsWithin);
        }
    }

    private IEnumerable<(string GridCode, DateTimeOffset At)> ReportsWithin(DateTimeOffset from, DateTimeOffset before) =>
        read.Query<Incident>().Where(i => i.ReportedAt >= from && i.ReportedAt < before)
            .Select(i => new { i.GridCode, i.ReportedAt }).AsEnumerable().Select(i => (i.GridCode, i.ReportedAt));

    /// <summary>Loads what is kept only for scopes that somebody watches.</summary>
    /// <param name="model">A model at the snapshot's last entry.</param>
    /// <param name="code">Grid code.</param>
    /// <param name="hidden">Categories that appear in no list.</param>
    public void LoadScope(SituationModel model, string code, IReadOnlyList<string> hidden)
    {
        if (model.NeedsStream(code))
        {
            model.LoadStream(code, read.Query<Incident>().Where(i => !hidden.Contains(i.Category)).Newest(code, ScopeTable.IsBasic(code), CaseStream.Length).ToList());
        }

        if (model.NeedsTallies(code))
        {
            model.LoadTallies(code, read.Query<Incident>().Where(i => i.GridCode == code).Select(IncidentRows.Facts));
        }
    }

    /// <summary>Key of the rules by which tallies are counted: the formulas' inputs and the zone of their days.</summary>
    /// <param name="zone">The zone.</param>
    public static string RulesOf(TimeZoneInfo zone) => $"{Metric.Version}|{zone.Id}";
}
