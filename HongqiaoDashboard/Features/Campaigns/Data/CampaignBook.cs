using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Reference;

namespace HongqiaoDashboard.Features.Campaigns.Data;

/// <summary>All versions of the campaigns' configuration; the first is the file that ships with the program.</summary>
internal sealed class CampaignBook(IReadDoor door, IWriteLane lane, IIncidentCatalog catalog) : VersionedBook<CampaignDocument>("campaigns", door, lane)
{
    private readonly IReadDoor _door = door;

    /// <summary>The campaigns in force, in their order.</summary>
    public IReadOnlyList<CampaignDefinition> Campaigns => InForce.Value.Campaigns;

    /// <summary>A campaign in force, by the rows of a transaction.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="campaign">Its code.</param>
    /// <exception cref="RefusedException"><c>CampaignUnknown</c>.</exception>
    public CampaignDefinition Find(WriteSession session, string campaign) =>
        InForceIn(session).Find(campaign) ?? throw new RefusedException("CampaignUnknown", campaign);

    /// <summary>All faults of a document as the successor of another one, by what is kept now.</summary>
    /// <param name="document">The document.</param>
    /// <param name="before">The one before it.</param>
    public IReadOnlyList<CampaignFault> Faults(CampaignDocument document, CampaignDocument before)
    {
        using var read = _door.Open(Platform.Identity.Actor.System);
        read.BeginSnapshot();
        return Faults(document, before, read.Query<CampaignItemRow>(), read.Query<CampaignEntryRow>());
    }

    protected override void Judge(CampaignDocument value, CampaignDocument before) => Judge(Faults(value, before));

    protected override void JudgeInside(WriteSession session, CampaignDocument value, CampaignDocument before) =>
        Judge(Faults(value, before, session.Context.Set<CampaignItemRow>(), session.Context.Set<CampaignEntryRow>()));

    protected override CampaignDocument Shipped() => CampaignFile.Parse(File.ReadAllText(ReferenceData.File("campaigns", "campaigns.json")));

    protected override CampaignDocument Parse(string content, int version) => CampaignFile.Parse(content);

    protected override string Write(CampaignDocument value) => CampaignFile.Write(value);

    private static void Judge(IReadOnlyList<CampaignFault> faults)
    {
        if (faults.Count > 0)
        {
            throw new RefusedException("CampaignsFaulty", faults.Count);
        }
    }

    private List<CampaignFault> Faults(CampaignDocument document, CampaignDocument before, IQueryable<CampaignItemRow> items, IQueryable<CampaignEntryRow> entries)
    {
        var now = document.Campaigns.ToLookup(campaign => campaign.Code, StringComparer.Ordinal);
        // What stays as it was needs no look at its rows.
        var changed = before.Campaigns.Where(was => CampaignFile.Write(new([was])) != CampaignFile.Write(new([.. now[was.Code].Take(1)]))).Select(was => was.Code).ToList();
        var uses = changed.ToDictionary(code => code, code => CampaignUse.Of(
            [.. items.Where(row => row.Campaign == code).AsEnumerable().GroupBy(row => row.Code).Select(versions => versions.MaxBy(row => row.Version)!.ToItem())],
            [.. entries.Where(row => row.Campaign == code).AsEnumerable().GroupBy(row => (row.Item, row.Day)).Select(day => day.MaxBy(row => row.Revision)!.ToEntry())]));
        return [.. CampaignFaults.OfSuccessor(document, before, uses, code => catalog.Type(code) is not null)];
    }
}
