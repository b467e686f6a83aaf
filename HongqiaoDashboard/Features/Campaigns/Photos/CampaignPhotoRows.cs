using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;

namespace HongqiaoDashboard.Features.Campaigns.Photos;

/// <summary>What the campaigns' rows name: what is there, and for a while what was taken away.</summary>
internal sealed class CampaignPhotoRows : IPhotoRows
{
    public IQueryable<string> Named(ReadSession read, DateTimeOffset? since) => Newest(read.Query<CampaignPhotoRow>())
        .Where(p => p.Kept || (since != null && p.At >= since)).Select(p => p.Hash);

    /// <summary>The newest row of each photograph.</summary>
    /// <param name="rows">All rows.</param>
    public static IQueryable<CampaignPhotoRow> Newest(IQueryable<CampaignPhotoRow> rows) =>
        rows.Where(p => !rows.Any(later => later.Campaign == p.Campaign && later.Item == p.Item && later.Moment == p.Moment && later.Hash == p.Hash && later.Seq > p.Seq));
}
