using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Situation.Data;

/// <summary>A stored month of counter rows of one scope.</summary>
internal sealed class StoredTally
{
    /// <summary>Rules' key, scope and month: what was counted by other rules is never read.</summary>
    public required string Key { get; init; }
    public required string Rules { get; init; }
    public required string Scope { get; init; }
    public required int Month { get; init; }
    public required byte[] Counts { get; init; }
}

/// <summary>How far into the log the stored tallies of a rules' key go.</summary>
internal sealed class TallyCheckpoint
{
    public required string Rules { get; init; }
    public required long Seq { get; init; }
    public required DateTimeOffset AsOf { get; init; }
}

internal sealed class StoredTallyConfiguration : IEntityTypeConfiguration<StoredTally>
{
    public void Configure(EntityTypeBuilder<StoredTally> builder)
    {
        builder.ToTable("SituationTallies");
        builder.HasKey(t => t.Key);
        builder.HasIndex(t => t.Rules);
    }
}

internal sealed class TallyCheckpointConfiguration : IEntityTypeConfiguration<TallyCheckpoint>
{
    public void Configure(EntityTypeBuilder<TallyCheckpoint> builder)
    {
        builder.ToTable("SituationCheckpoints");
        builder.HasKey(c => c.Rules);
    }
}
