using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>A list of cases that somebody gave a name: conditions and order, not the cases.</summary>
internal sealed class SavedFilter
{
    public required long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string ActorId { get; init; }

    /// <summary>What it is called; no two of one actor are called the same.</summary>
    public required string Name { get; set; }

    /// <summary>What follows the question mark in the list's address.</summary>
    public required string Query { get; set; }

    /// <summary>Place among the actor's own.</summary>
    public required int Position { get; set; }

    /// <summary>Whether everybody is offered it.</summary>
    public required bool Shared { get; set; }
}

internal sealed class SavedFilterConfiguration : IEntityTypeConfiguration<SavedFilter>
{
    public void Configure(EntityTypeBuilder<SavedFilter> builder)
    {
        builder.ToTable("SavedFilters");
        builder.HasKey(f => f.Id);
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.HasIndex(f => new { f.ActorId, f.Name }).IsUnique();
        builder.HasIndex(f => f.Shared).HasFilter("\"Shared\"");
    }
}
