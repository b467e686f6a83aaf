using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Platform.Reference;

/// <summary>
/// One version of something that people administer and history refers to: a catalog, a policy, a calendar. A version is
/// written once, never changed and never removed.
/// </summary>
public sealed class ReferenceVersion
{
    /// <summary>What it is a version of.</summary>
    public required string Kind { get; init; }
    /// <summary>Counts from 1.</summary>
    public required int Version { get; init; }
    /// <summary>Since when it is in force.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Identity of who published it.</summary>
    public required string ActorId { get; init; }
    /// <summary>Name of who published it, as it was then.</summary>
    public required string ActorName { get; init; }
    /// <summary>Why it was made.</summary>
    public required string Note { get; init; }
    /// <summary>The whole of it, JSON.</summary>
    public required string Content { get; init; }
}

internal sealed class ReferenceVersionConfiguration : IEntityTypeConfiguration<ReferenceVersion>
{
    public void Configure(EntityTypeBuilder<ReferenceVersion> builder)
    {
        builder.ToTable("ReferenceVersions");
        builder.HasKey(v => new { v.Kind, v.Version });
    }
}
