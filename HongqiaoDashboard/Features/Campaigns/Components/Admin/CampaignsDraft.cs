using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Reference;

namespace HongqiaoDashboard.Features.Campaigns.Components.Admin;

/// <summary>The next version of the campaigns' configuration while it is made.</summary>
internal sealed class CampaignsDraft(CampaignBook book, CampaignAdminWords words) : BookDraft<CampaignDocument, CampaignDocument>(book)
{
    private static readonly string[] InUse = ["CampaignInUse", "CampaignMeasureInUse", "CampaignStagesInUse"];

    /// <summary>The faults with their places, so that each is said beside its field.</summary>
    public IReadOnlyList<CampaignFault> Found { get; private set; } = [];

    /// <summary>Why what was last asked for was not done, or null.</summary>
    public CampaignFault? Hindrance { get; private set; }

    /// <summary>Whether a campaign is in force, so that its code is fixed.</summary>
    /// <param name="code">Its code.</param>
    public CampaignDefinition? Known(string code) => Before.Find(code);

    /// <summary>Changes one campaign.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="campaign">The campaign as it is now.</param>
    public void Edit(int place, CampaignDefinition campaign)
    {
        Hindrance = null;
        Edit(Value.With(place, campaign));
    }

    /// <summary>Takes something away, unless entries need it: then it stays and <see cref="Hindrance"/> says why.</summary>
    /// <param name="without">The document without it.</param>
    /// <returns>Whether it was taken away.</returns>
    public bool TryRemove(CampaignDocument without)
    {
        Hindrance = book.Faults(without, Before).Except(Found).FirstOrDefault(fault => InUse.Contains(fault.Reason.Code));
        if (Hindrance is null)
        {
            Edit(without);
        }

        return Hindrance is null;
    }

    protected override CampaignDocument Open(CampaignDocument version) => version;

    protected override IEnumerable<string> ChangesOf(CampaignDocument before, CampaignDocument after)
    {
        // Nothing that is not changed has faults.
        Found = [];
        return CampaignChanges.Between(before, after).Select(words.Change);
    }

    protected override IEnumerable<string> FaultsOf(CampaignDocument value, CampaignDocument before)
    {
        Found = book.Faults(value, before);
        return Found.Select(fault => words.Fault(fault, value));
    }

    protected override Task<int> PublishAsync(CampaignDocument value, string note, Actor actor) => book.PublishAsync(value, Base, note, actor);
}
