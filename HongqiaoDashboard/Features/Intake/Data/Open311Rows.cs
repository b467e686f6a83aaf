using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Intake.Data;

/// <summary>What a reporter was given in place of a case's number, and may exchange for it.</summary>
internal sealed class ReportToken
{
    /// <summary>The token: random, so that nobody can count their way to another's.</summary>
    public required string Token { get; init; }
    /// <summary>Key of the case.</summary>
    public required long IncidentId { get; init; }
}

internal sealed class ReportTokenConfiguration : IEntityTypeConfiguration<ReportToken>
{
    public void Configure(EntityTypeBuilder<ReportToken> builder)
    {
        builder.ToTable("Open311Tokens");
        builder.HasKey(t => t.Token);
        builder.Property(t => t.Token).HasMaxLength(64);
        builder.HasIndex(t => t.IncidentId).IsUnique();
    }
}

/// <summary>An update that was taken in, so that the same one sent again adds nothing.</summary>
internal sealed class PostedUpdate
{
    /// <summary>Hash of reporter and update; neither stands here by name.</summary>
    public required string Key { get; init; }
    /// <summary>Key of the case.</summary>
    public required long IncidentId { get; init; }
}

internal sealed class PostedUpdateConfiguration : IEntityTypeConfiguration<PostedUpdate>
{
    public void Configure(EntityTypeBuilder<PostedUpdate> builder)
    {
        builder.ToTable("Open311Updates");
        builder.HasKey(u => u.Key);
        builder.Property(u => u.Key).HasMaxLength(64);
    }
}
