using HongqiaoDashboard.Platform.Blobs;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Platform.Photos;

/// <summary>The folder of the photographs, and what stands in it under a hash.</summary>
internal sealed class PhotoFiles(DataDirectory directory, TimeProvider clock)
{
    /// <summary>The photograph.</summary>
    public const string Full = ".jpg";

    /// <summary>Its thumbnail.</summary>
    public const string Thumbnail = ".thumb.jpg";

    /// <summary>Name of the folder in the data folder.</summary>
    public const string FolderName = "photos";

    public BlobFolder Folder { get; } = new(directory.File(FolderName), clock);

    /// <summary>Whether a photograph and its thumbnail are there.</summary>
    /// <param name="hash">The photograph.</param>
    public bool Has(string hash) => BlobFolder.IsName(hash) && File.Exists(Folder.PathOf(hash, Full)) && File.Exists(Folder.PathOf(hash, Thumbnail));
}
