using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>A version of the campaigns as it is administered and written down.</summary>
/// <param name="Campaigns">The campaigns in their order.</param>
internal sealed record CampaignDocument(IReadOnlyList<CampaignDefinition> Campaigns)
{
    /// <summary>A campaign by its code, or null.</summary>
    /// <param name="code">Its code.</param>
    public CampaignDefinition? Find(string code) => Campaigns.FirstOrDefault(campaign => campaign.Code == code);
}
