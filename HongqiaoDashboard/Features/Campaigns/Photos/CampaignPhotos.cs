using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Blobs;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Campaigns.Photos;

/// <summary>Judges in the transaction that writes, like the desk; a file that nobody may bring is not even decoded.</summary>
internal sealed class CampaignPhotos(
    IWriteLane lane, IReadDoor door, CampaignBook book, CampaignSignal signal, IGridDirectory grids, PhotoFiles files, PhotoReceiver receiver) : ICampaignPhotos
{
    /// <summary>Most photographs of a moment of an item.</summary>
    public const int Most = 24;

    private readonly Action _pulse = signal.Pulse;

    public async Task<CampaignPhoto> AddAsync(
        string campaign, string item, PhotoMoment moment, Stream body, DateOnly? takenOn, Actor actor, CancellationToken cancellation = default)
    {
        await lane.WriteAsync(
            session =>
            {
                Judge(session, campaign, item, moment, takenOn, actor);
                return true;
            },
            cancellation);
        CampaignPhoto? kept = null;
        await receiver.TakeAsync(
            body,
            async photo => kept = await lane.WriteAsync(session => Keep(session, campaign, item, moment, photo, takenOn, actor), cancellation),
            cancellation);
        return kept!;
    }

    public Task RemoveAsync(string campaign, string item, PhotoMoment moment, string hash, Actor actor, CancellationToken cancellation = default) => lane.WriteAsync(
        session =>
        {
            book.Find(session, campaign);
            CampaignJournal.Seen(session, campaign, item, actor);
            if (Known(session, campaign, item, moment).FirstOrDefault(row => row.Hash == hash) is not { } row)
            {
                throw new RefusedException("PhotoNotThere");
            }

            Add(session, campaign, item, moment, new UploadedPhoto(hash, row.Width, row.Height) { Bytes = row.Bytes }, row.TakenOn, actor, kept: false);
            return true;
        },
        cancellation);

    public async Task<IReadOnlyList<CampaignPhotoWord>> HistoryAsync(string campaign, string item, Actor actor, CancellationToken cancellation = default)
    {
        await using var read = door.Open(Actor.System);
        if (!await SeesAsync(read, campaign, item, actor, cancellation))
        {
            return [];
        }

        var rows = await read.Query<CampaignPhotoRow>().Where(p => p.Campaign == campaign && p.Item == item).OrderByDescending(p => p.Seq).ToListAsync(cancellation);
        return [.. rows.Select(row => new CampaignPhotoWord(row.ToPhoto(), row.Kept))];
    }

    /// <summary>Opens a file of a photograph; null when the item has none that this actor may see.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code.</param>
    /// <param name="hash">The photograph.</param>
    /// <param name="suffix">Which file of it.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<FileStream?> OpenAsync(string campaign, string item, string hash, string suffix, Actor actor, CancellationToken cancellation)
    {
        await using var read = door.Open(Actor.System);
        return BlobFolder.IsName(hash) && await SeesAsync(read, campaign, item, actor, cancellation)
            && await CampaignPhotoRows.Newest(read.Query<CampaignPhotoRow>()).AnyAsync(p => p.Campaign == campaign && p.Item == item && p.Hash == hash && p.Kept, cancellation)
            ? files.Folder.OpenRead(hash, suffix)
            : null;
    }

    private static async Task<bool> SeesAsync(ReadSession read, string campaign, string item, Actor actor, CancellationToken cancellation) =>
        await read.Query<CampaignItemRow>().Where(i => i.Campaign == campaign && i.Code == item).OrderByDescending(i => i.Version).Select(i => i.GridCode).FirstOrDefaultAsync(cancellation) is { } grid
        && CampaignJournal.Sees(actor, grid);

    private static List<CampaignPhotoRow> Known(WriteSession session, string campaign, string item, PhotoMoment moment)
    {
        var name = CampaignPhotoRow.Of(moment);
        return [.. CampaignPhotoRows.Newest(session.Context.Set<CampaignPhotoRow>().AsNoTracking()).Where(p => p.Campaign == campaign && p.Item == item && p.Moment == name && p.Kept)];
    }

    private List<CampaignPhotoRow> Judge(WriteSession session, string campaign, string item, PhotoMoment moment, DateOnly? takenOn, Actor actor)
    {
        if (!book.Find(session, campaign).Photographs)
        {
            throw new RefusedException("PhotosNotWanted");
        }

        CampaignJournal.Seen(session, campaign, item, actor);
        if (takenOn > grids.Current.TimeZone.DayOf(session.Now))
        {
            throw new RefusedException("PhotoDayAhead", takenOn.Value);
        }

        var known = Known(session, campaign, item, moment);
        return known.Count < Most ? known : throw new RefusedException("PhotosEnough", Most);
    }

    private CampaignPhoto Keep(WriteSession session, string campaign, string item, PhotoMoment moment, UploadedPhoto photo, DateOnly? takenOn, Actor actor) =>
        // Once more: much may have happened while it was decoded.
        Judge(session, campaign, item, moment, takenOn, actor).FirstOrDefault(row => row.Hash == photo.Hash)?.ToPhoto()
        ?? Add(session, campaign, item, moment, photo, takenOn, actor, kept: true);

    private CampaignPhoto Add(WriteSession session, string campaign, string item, PhotoMoment moment, UploadedPhoto photo, DateOnly? takenOn, Actor actor, bool kept)
    {
        var row = new CampaignPhotoRow
        {
            Seq = session.Next(CampaignJournal.LogSequence), Campaign = campaign, Item = item, Moment = CampaignPhotoRow.Of(moment), Hash = photo.Hash, Kept = kept,
            Width = photo.Width, Height = photo.Height, Bytes = photo.Bytes, TakenOn = takenOn, At = session.Now, ActorId = actor.Id, ActorName = actor.Name,
        };
        session.Hot<CampaignPhotoRow>().Insert(row);
        session.AfterCommit(_pulse);
        return row.ToPhoto();
    }
}
