using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Campaigns.Data;

/// <summary>The rows of the campaigns inside a transaction: what counts now, and the next ones.</summary>
internal sealed class CampaignJournal(CampaignSignal signal)
{
    /// <summary>Name of the sequence of the log.</summary>
    public const string LogSequence = "campaign-log";

    private static readonly Func<AppDbContext, string, string, CampaignItemRow?> NewestItem = EF.CompileQuery(
        (AppDbContext context, string campaign, string code) => context.Set<CampaignItemRow>().AsNoTracking()
            .Where(i => i.Campaign == campaign && i.Code == code).OrderByDescending(i => i.Version).FirstOrDefault());

    private readonly Action _pulse = signal.Pulse;

    /// <summary>An item as it is, or null for none that the actor may see.</summary>
    public static CampaignItemRow? Find(WriteSession session, string campaign, string code, Actor actor) =>
        NewestItem(session.Context, campaign, code) is { } row && Sees(actor, row.GridCode) ? row : null;

    /// <summary>An item as it is.</summary>
    /// <exception cref="RefusedException"><c>ItemUnknown</c>.</exception>
    public static CampaignItemRow Seen(WriteSession session, string campaign, string code, Actor actor) =>
        Find(session, campaign, code, actor) ?? throw new RefusedException("ItemUnknown", code);

    /// <summary>The newest revision of each day of an item.</summary>
    public static SortedDictionary<DateOnly, CampaignEntry> Days(WriteSession session, string campaign, string item)
    {
        var days = new SortedDictionary<DateOnly, CampaignEntry>();
        foreach (var row in session.Context.Set<CampaignEntryRow>().AsNoTracking().Where(e => e.Campaign == campaign && e.Item == item).OrderBy(e => e.Day).ThenBy(e => e.Revision))
        {
            days[row.Day] = row.ToEntry();
        }

        return days;
    }

    /// <summary>Whether an actor sees what lies in a grid.</summary>
    public static bool Sees(Actor actor, string gridCode) => actor.Reaches(gridCode);

    /// <summary>Adds a version of an item.</summary>
    public void Add(WriteSession session, string campaign, CampaignItem item, Actor actor)
    {
        session.Hot<CampaignItemRow>().Insert(CampaignItemRow.Of(campaign, item, session.Next(LogSequence), session.Now, actor));
        session.AfterCommit(_pulse);
    }

    /// <summary>Adds a revision of a day.</summary>
    public void Add(WriteSession session, string campaign, CampaignEntry entry, Actor actor)
    {
        session.Hot<CampaignEntryRow>().Insert(CampaignEntryRow.Of(campaign, entry, session.Next(LogSequence), actor));
        session.AfterCommit(_pulse);
    }

    /// <summary>Adds that a case stands in the way or no longer does; nothing when that is known.</summary>
    public void Add(WriteSession session, string campaign, string item, string number, bool blocks, Actor actor)
    {
        var known = session.Context.Set<CampaignLinkRow>().Where(l => l.Campaign == campaign && l.Item == item && l.Number == number)
            .OrderByDescending(l => l.Seq).Select(l => (bool?)l.Blocks).FirstOrDefault() ?? false;
        if (known == blocks)
        {
            return;
        }

        session.Hot<CampaignLinkRow>().Insert(new CampaignLinkRow
        {
            Seq = session.Next(LogSequence), Campaign = campaign, Item = item, Number = number, Blocks = blocks, At = session.Now, ActorId = actor.Id, ActorName = actor.Name,
        });
        session.AfterCommit(_pulse);
    }
}
