using System.ComponentModel.DataAnnotations;

namespace HongqiaoDashboard.Platform.Photos;

/// <summary>Limits of photographs, whatever they are of; configuration section <c>Incidents:Photos</c>, where cases were the first to have some.</summary>
internal sealed class PhotoOptions
{
    /// <summary>Largest file taken in, megabytes of 1,048,576 bytes.</summary>
    [Range(1, 200)]
    public int MaxMegabytes { get; set; } = 20;

    /// <summary>Most pixels of a file taken in, millions.</summary>
    [Range(1, 500)]
    public int MaxMegapixels { get; set; } = 50;

    /// <summary>Most photographs with one move.</summary>
    [Range(1, 100)]
    public int MaxPerMove { get; set; } = 9;

    /// <summary>Longer edge of what is kept, pixels; smaller photographs keep their size.</summary>
    [Range(320, 8192)]
    public int LongEdge { get; set; } = 2560;

    public long MaxBytes => MaxMegabytes * 1024L * 1024;
}
