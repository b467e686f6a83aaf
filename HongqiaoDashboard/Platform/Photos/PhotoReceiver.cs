using System.Text.Json.Serialization;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Blobs;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Platform.Photos;

/// <summary>A photograph that was taken in.</summary>
/// <param name="Hash">By which it is named: SHA-256 of what is kept.</param>
/// <param name="Width">Pixels, as it is kept.</param>
/// <param name="Height">Pixels, as it is kept.</param>
internal sealed record UploadedPhoto(string Hash, int Width, int Height)
{
    /// <summary>Length of the stored file.</summary>
    [JsonIgnore]
    public long Bytes { get; init; }
}

/// <summary>Takes photographs in, whatever they are of: aside on the disk, decoded by turns, drawn anew, stored under their hash.</summary>
internal sealed class PhotoReceiver(PhotoFiles files, IOptions<PhotoOptions> options) : IDisposable
{
    /// <summary>Photographs that are decoded at the same time; each may take some hundred megabytes for a moment.</summary>
    private const int DecodedAtOnce = 2;

    private readonly SemaphoreSlim _decoders = new(DecodedAtOnce, DecodedAtOnce);

    /// <summary>Takes a photograph in. When this returns, its file is on the disk and its row committed.</summary>
    /// <param name="body">The file as it comes.</param>
    /// <param name="keep">Commits the row that names it, under the hold that keeps the sweep away.</param>
    /// <param name="cancellation">Withdraws it.</param>
    /// <exception cref="RefusedException"><c>PhotoTooBig</c>, what <see cref="PhotoCleaner"/> refuses, and what <paramref name="keep"/> does.</exception>
    /// <exception cref="StorageUnavailableException">Nothing was kept; try again later.</exception>
    public async Task<UploadedPhoto> TakeAsync(Stream body, Func<UploadedPhoto, Task> keep, CancellationToken cancellation)
    {
        var clean = await ReceiveAsync(body, cancellation);
        var photo = new UploadedPhoto(BlobFolder.NameOf(clean.Full), clean.Width, clean.Height) { Bytes = clean.Full.Length };
        using (await files.Folder.HoldAsync(photo.Hash, cancellation))
        {
            // The thumbnail first: where the photograph is, everything is.
            await files.Folder.WriteAsync(photo.Hash, PhotoFiles.Thumbnail, clean.Thumbnail, cancellation);
            await files.Folder.WriteAsync(photo.Hash, PhotoFiles.Full, clean.Full, cancellation);
            await keep(photo);
        }

        return photo;
    }

    /// <inheritdoc/>
    public void Dispose() => _decoders.Dispose();

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
