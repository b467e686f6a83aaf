using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Campaigns.Data;

/// <summary>
/// Judges against the rows, in the transaction that writes: of two people who enter the same day, the second is told of the first.
/// </summary>
internal sealed class CampaignDesk(
    IWriteLane lane, IReadDoor door, CampaignBook book, CampaignJournal journal, IGridDirectory grids, IIncidentCatalog catalog) : ICampaignDesk
{
    public Task<CampaignEntry> EnterAsync(string campaign, DayEntry entry, Actor actor, CancellationToken cancellation = default) => lane.WriteAsync(
        session =>
        {
            var definition = book.Find(session, campaign);
            var item = CampaignJournal.Seen(session, campaign, entry.Item, actor).ToItem();
            CheckDay(session, definition, entry.Day);
            var note = Note(entry.Note);
            var amounts = CampaignLedger.Normal(definition, entry.Amounts);
            var days = CampaignJournal.Days(session, campaign, entry.Item);
            var known = days.GetValueOrDefault(entry.Day);
            if ((known?.Revision ?? 0) != entry.BasedOn)
            {
                throw Meanwhile(definition, item, entry.Day, known);
            }

            if (amounts.SequenceEqual(known?.Amounts ?? []) && note == (known?.Note ?? ""))
            {
                throw new RefusedException("NothingChanged");
            }

            var next = days[entry.Day] = new CampaignEntry
            {
                Item = entry.Item, Day = entry.Day, Revision = entry.BasedOn + 1, Amounts = amounts, Note = note, At = session.Now, ActorName = actor.Name, Source = entry.Source,
            };
            Judge(definition, item, days.Values);
            journal.Add(session, campaign, next, actor);
            return next;
        },
        cancellation);

    public Task<CampaignItem> PutItemAsync(string campaign, CampaignItem item, Actor actor, CancellationToken cancellation = default) => lane.WriteAsync(
        session =>
        {
            var definition = book.Find(session, campaign);
            var next = Normal(definition, item, actor);
            // An item out of the actor's scope has its code all the same: a new one of that code would be its next version.
            var known = CampaignJournal.Find(session, campaign, item.Code, Actor.System);
            if ((known?.Version ?? 0) != item.Version || (known is not null && !CampaignJournal.Sees(actor, known.GridCode)))
            {
                throw new RefusedException("ItemChangedMeanwhile", item.Code, known is null || !CampaignJournal.Sees(actor, known.GridCode) ? "" : known.ActorName);
            }

            next = next with { Version = item.Version + 1 };
            if (known is not null)
            {
                CheckTotals(definition, next, CampaignJournal.Days(session, campaign, item.Code).Values);
            }

            journal.Add(session, campaign, next, actor);
            return next;
        },
        cancellation);

    public Task LinkAsync(string campaign, string item, string number, bool blocks, Actor actor, CancellationToken cancellation = default) => lane.WriteAsync(
        session =>
        {
            book.Find(session, campaign);
            CampaignJournal.Seen(session, campaign, item, actor);
            var grid = session.Context.Set<Incident>().Where(i => i.Number == number).Select(i => i.GridCode).FirstOrDefault();
            if (grid is null || !CampaignJournal.Sees(actor, grid))
            {
                throw new RefusedException("CaseUnknown", number);
            }

            journal.Add(session, campaign, item, number, blocks, actor);
            return true;
        },
        cancellation);

    public async Task<IReadOnlyList<CampaignEntry>> HistoryAsync(string campaign, string item, Actor actor, CancellationToken cancellation = default)
    {
        await using var read = door.Open(Actor.System);
        var grid = await read.Query<CampaignItemRow>().Where(i => i.Campaign == campaign && i.Code == item)
            .OrderByDescending(i => i.Version).Select(i => i.GridCode).FirstOrDefaultAsync(cancellation);
        if (grid is null || !CampaignJournal.Sees(actor, grid))
        {
            return [];
        }

        var rows = await read.Query<CampaignEntryRow>().Where(e => e.Campaign == campaign && e.Item == item).OrderByDescending(e => e.Seq).ToListAsync(cancellation);
        return [.. rows.Select(row => row.ToEntry())];
    }

    public Task TakeAsync(
        string campaign, IReadOnlyList<CampaignItem> items, IReadOnlyList<CampaignEntry> entries, Actor actor, CancellationToken cancellation = default) => lane.WriteAsync(
        session =>
        {
            var definition = book.Find(session, campaign);
            foreach (var item in items)
            {
                if (CampaignJournal.Find(session, campaign, item.Code, Actor.System) is not null)
                {
                    throw new RefusedException("ItemChangedMeanwhile", item.Code, "");
                }

                journal.Add(session, campaign, Normal(definition, item, actor) with { Version = 1 }, actor);
            }

            foreach (var group in entries.GroupBy(entry => entry.Item, StringComparer.Ordinal))
            {
                Take(session, definition, group, actor);
            }

            return true;
        },
        cancellation);

    private void Take(WriteSession session, CampaignDefinition definition, IGrouping<string, CampaignEntry> entries, Actor actor)
    {
        // The items above are rows of this transaction already, so that each code stands for one item, whoever brought it.
        var item = CampaignJournal.Seen(session, definition.Code, entries.Key, actor).ToItem();
        var days = CampaignJournal.Days(session, definition.Code, item.Code);
        foreach (var entry in entries)
        {
            CheckDay(session, definition, entry.Day);
            var next = entry with
            {
                Revision = 1, Amounts = CampaignLedger.Normal(definition, entry.Amounts), Note = Note(entry.Note), At = entry.At > session.Now ? session.Now : entry.At,
            };
            if (!days.TryAdd(entry.Day, next))
            {
                throw Meanwhile(definition, item, entry.Day, days[entry.Day]);
            }

            journal.Add(session, definition.Code, next, actor);
        }

        Judge(definition, item, days.Values);
    }

    private CampaignItem Normal(CampaignDefinition definition, CampaignItem item, Actor actor)
    {
        var next = item with
        {
            Name = item.Name.Trim(), Kind = item.Kind.Trim(), Lead = string.IsNullOrEmpty(item.Lead) ? null : item.Lead,
            Helpers = [.. item.Helpers.Where(helper => helper.Length > 0 && helper != item.Lead).Distinct(StringComparer.Ordinal)],
            Totals = item.Totals.Where(total => total.Value != 0).ToDictionary(),
        };
        var faults = ItemFaults.Of(next, definition, grids.Current, code => catalog.Department(code) is not null);
        if (!CampaignJournal.Sees(actor, next.GridCode))
        {
            faults = faults.Append(new Refusal("ItemGrid", next.GridCode));
        }

        return faults.FirstOrDefault() is { } fault ? throw new RefusedException("ItemFaulty", item.Code, fault) : next;
    }

    private void CheckDay(WriteSession session, CampaignDefinition definition, DateOnly day)
    {
        if (day < definition.Start)
        {
            throw new RefusedException("DayBeforeStart", day, definition.Start);
        }

        if (day > grids.Current.TimeZone.DayOf(session.Now))
        {
            throw new RefusedException("DayAhead", day);
        }
    }

    private static string Note(string note) =>
        note.Trim() is { Length: <= CampaignLedger.LongestNote } kept ? kept : throw new RefusedException("NoteTooLong", CampaignLedger.LongestNote);

    private RefusedException Meanwhile(CampaignDefinition definition, CampaignItem item, DateOnly day, CampaignEntry? known) => known is null
        ? new RefusedException("EntryGone", item.Name, day)
        : new RefusedException("EnteredMeanwhile", item.Name, day, known.ActorName, grids.Current.TimeZone.At(known.At), new AmountsText(definition, known.Amounts), known.Revision);

    private static void Judge(CampaignDefinition definition, CampaignItem item, IEnumerable<CampaignEntry> days)
    {
        if (CampaignLedger.Judge(definition, item, days.Select(entry => (entry.Day, entry.Amounts))) is { } refusal)
        {
            throw new RefusedException(refusal);
        }
    }

    private static void CheckTotals(CampaignDefinition definition, CampaignItem item, IEnumerable<CampaignEntry> days)
    {
        if (CampaignLedger.Judge(definition, item, days.Select(entry => (entry.Day, entry.Amounts))) is { Code: "MoreThanTotal" } broken)
        {
            throw new RefusedException("TotalBelowEntered", [.. broken.Arguments]);
        }
    }
}
