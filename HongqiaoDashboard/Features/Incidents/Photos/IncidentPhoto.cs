using System.Linq.Expressions;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Incidents.Photos;

/// <summary>A photograph of a case. The picture itself is a file, named by the hash of its bytes.</summary>
internal sealed class IncidentPhoto
{
    public required long IncidentId { get; init; }

    /// <summary>SHA-256 of the stored bytes, 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The log entry that it first came with; null while it waits for a move.</summary>
    public long? Seq { get; set; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Length of the stored file.</summary>
    public required long Bytes { get; init; }

    public required DateTimeOffset UploadedAt { get; set; }

    /// <summary>Identity of who uploaded it.</summary>
    public required string UploadedBy { get; init; }
}

internal sealed class IncidentPhotoConfiguration : IEntityTypeConfiguration<IncidentPhoto>
{
    public void Configure(EntityTypeBuilder<IncidentPhoto> builder)
    {
        builder.ToTable("IncidentPhotos");
        builder.HasKey(p => new { p.IncidentId, p.Hash });
        // Whether any case still has a file, and which photographs wait for a move.
        builder.HasIndex(p => p.Hash);
        builder.HasIndex(p => p.UploadedAt).HasFilter("\"Seq\" IS NULL");
    }
}

/// <summary>Photographs as a whole are for readers without bounds; others see those of a case that they may see.</summary>
internal sealed class IncidentPhotoReadScope : IReadScope<IncidentPhoto>
{
    public Expression<Func<IncidentPhoto, bool>>? For(Actor actor) => !actor.IsBound ? null : _ => false;
}
