using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Pages;

/// <summary>Several campaigns in the test's hand as one feed, or none at all.</summary>
internal sealed class MadeCampaigns(params MadeCampaign[] campaigns) : ICampaignFeed
{
    public async Task<ICampaignSubscription> SubscribeAsync(Actor actor, Action changed, CancellationToken cancellation = default)
    {
        var parts = new List<ICampaignSubscription>();
        foreach (var campaign in campaigns)
        {
            parts.Add(await campaign.SubscribeAsync(actor, changed, cancellation));
        }

        return new Subscription(parts);
    }

    private sealed class Subscription(List<ICampaignSubscription> parts) : ICampaignSubscription
    {
        private IReadOnlyList<CampaignPicture> _current = [];

        public IReadOnlyList<CampaignPicture> Current
        {
            get
            {
                List<CampaignPicture> now = [.. parts.SelectMany(part => part.Current)];
                return _current.SequenceEqual(now, ReferenceEqualityComparer.Instance) ? _current : _current = now;
            }
        }

        public DateTimeOffset FreshAsOf => parts.Count == 0 ? DateTimeOffset.UnixEpoch : parts.Min(part => part.FreshAsOf);

        public CampaignPicture? At(string campaign, DateOnly day) => parts.Select(part => part.At(campaign, day)).FirstOrDefault(picture => picture is not null);

        public IReadOnlyList<CampaignEntry> Entries(string campaign, string item) => [.. parts.SelectMany(part => part.Entries(campaign, item))];

        public void Dispose() => parts.ForEach(part => part.Dispose());
    }
}
