using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Blobs;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Incidents.Photos;

/// <summary>An uploaded photograph, waiting for a move.</summary>
/// <param name="Hash">By which a move names it.</param>
/// <param name="Width">Pixels, as it is kept.</param>
/// <param name="Height">Pixels, as it is kept.</param>
internal sealed record UploadedPhoto(string Hash, int Width, int Height);

/// <summary>Where photographs come in and go out, always for a case that the actor may see.</summary>
internal sealed class PhotoDesk(
    IIncidentReader reader, IReadDoor door, IWriteLane lane, PhotoFiles files, IOptions<PhotoOptions> options) : IDisposable
{
    /// <summary>Photographs that are decoded at the same time; each may take some hundred megabytes for a moment.</summary>
    private const int DecodedAtOnce = 2;

    private readonly SemaphoreSlim _decoders = new(DecodedAtOnce, DecodedAtOnce);

    /// <summary>Takes a photograph in. When this returns, file and row are on the disk.</summary>
    /// <param name="number">The case.</param>
    /// <param name="body">The file as it comes.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancellation">Withdraws it.</param>
    /// <exception cref="RefusedException"><c>NotFound</c>, <c>PhotoTooBig</c>, <c>PhotosWaiting</c> and what <see cref="PhotoCleaner"/> refuses.</exception>
    /// <exception cref="StorageUnavailableException">Nothing was kept; try again later.</exception>
    public async Task<UploadedPhoto> TakeAsync(string number, Stream body, Actor actor, CancellationToken cancellation)
    {
        var incident = await reader.FindAsync(number, actor, cancellation) ?? throw new RefusedException("NotFound", number);
        var clean = await ReceiveAsync(body, cancellation);
        var hash = BlobFolder.NameOf(clean.Full);
        using (await files.Folder.HoldAsync(hash, cancellation))
        {
            // The thumbnail first: where the photograph is, everything is.
            await files.Folder.WriteAsync(hash, PhotoFiles.Thumbnail, clean.Thumbnail, cancellation);
            await files.Folder.WriteAsync(hash, PhotoFiles.Full, clean.Full, cancellation);
            await lane.WriteAsync(
                session =>
                {
                    PhotoRows.Keep(session, new IncidentPhoto
                    {
                        IncidentId = incident.Id, Hash = hash, Width = clean.Width, Height = clean.Height, Bytes = clean.Full.Length,
                        UploadedAt = session.Now, UploadedBy = actor.Id,
                    });
                    return true;
                },
                cancellation);
        }

        return new UploadedPhoto(hash, clean.Width, clean.Height);
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

    /// <inheritdoc/>
    public void Dispose() => _decoders.Dispose();

    private bool Has(long incidentId, string hash)
    {
        // Photographs as a whole are shut to whoever has a scope; those of a case that they see are theirs to look at.
        using var read = door.Open(Actor.System);
        return read.Query<IncidentPhoto>().Any(p => p.IncidentId == incidentId && p.Hash == hash);
    }

    // Whatever comes is put aside on the disk first: those who wait for a decoder hold no memory.
    private async Task<CleanPhoto> ReceiveAsync(Stream body, CancellationToken cancellation)
    {
        await using var arriving = files.Folder.OpenArriving();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (arriving.Length + read > options.Value.MaxBytes)
            {
                throw new RefusedException("PhotoTooBig", options.Value.MaxMegabytes);
            }

            await PutAsideAsync(arriving, buffer.AsMemory(0, read), cancellation);
        }

        await _decoders.WaitAsync(cancellation);
        try
        {
            return await Task.Run(
                () =>
                {
                    var content = new byte[arriving.Length];
                    arriving.Position = 0;
                    arriving.ReadExactly(content);
                    return PhotoCleaner.Clean(content, options.Value);
                },
                cancellation);
        }
        finally
        {
            _decoders.Release();
        }
    }

    private static async Task PutAsideAsync(FileStream arriving, ReadOnlyMemory<byte> part, CancellationToken cancellation)
    {
        try
        {
            await arriving.WriteAsync(part, cancellation);
            await arriving.FlushAsync(cancellation);
        }
        catch (IOException e)
        {
            throw new StorageUnavailableException(e.Message, e);
        }
    }
}
