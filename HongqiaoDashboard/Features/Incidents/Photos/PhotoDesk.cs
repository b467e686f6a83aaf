using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Blobs;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;

namespace HongqiaoDashboard.Features.Incidents.Photos;

/// <summary>Where photographs come in and go out, always for a case that the actor may see.</summary>
internal sealed class PhotoDesk(IIncidentReader reader, IReadDoor door, IWriteLane lane, PhotoFiles files, PhotoReceiver receiver)
{
    /// <summary>Takes a photograph in. When this returns, file and row are on the disk.</summary>
    /// <param name="number">The case.</param>
    /// <param name="body">The file as it comes.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancellation">Withdraws it.</param>
    /// <exception cref="RefusedException"><c>NotFound</c>, <c>PhotosWaiting</c> and what <see cref="PhotoReceiver"/> refuses.</exception>
    /// <exception cref="StorageUnavailableException">Nothing was kept; try again later.</exception>
    public async Task<UploadedPhoto> TakeAsync(string number, Stream body, Actor actor, CancellationToken cancellation)
    {
        var incident = await reader.FindAsync(number, actor, cancellation) ?? throw new RefusedException("NotFound", number);
        return await receiver.TakeAsync(
            body,
            photo => lane.WriteAsync(
                session =>
                {
                    PhotoRows.Keep(session, new IncidentPhoto
                    {
                        IncidentId = incident.Id, Hash = photo.Hash, Width = photo.Width, Height = photo.Height, Bytes = photo.Bytes,
                        UploadedAt = session.Now, UploadedBy = actor.Id,
                    });
                    return true;
                },
                cancellation),
            cancellation);
    }

    /// <summary>Opens a photograph of a case; null when there is none that this actor may see.</summary>
    /// <param name="number">The case.</param>
    /// <param name="hash">The photograph.</param>
    /// <param name="suffix">Which file of it.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<FileStream?> OpenAsync(string number, string hash, string suffix, Actor actor, CancellationToken cancellation)
    {
        if (!BlobFolder.IsName(hash) || await reader.FindAsync(number, actor, cancellation) is not { } incident || !await Task.Run(() => Has(incident.Id, hash), cancellation))
        {
            return null;
        }

        return files.Folder.OpenRead(hash, suffix);
    }

    private bool Has(long incidentId, string hash)
    {
        // Photographs as a whole are shut to whoever has a scope; those of a case that they see are theirs to look at.
        using var read = door.Open(Actor.System);
        return read.Query<IncidentPhoto>().Any(p => p.IncidentId == incidentId && p.Hash == hash);
    }
}
