using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>
/// A case in the index of texts, a full-text table of SQLite that keeps no text of its own. Its rows come with those of the
/// cases and in their transaction; what reporters wrote never changes, so no row of it does.
/// </summary>
internal sealed class CaseSearchRow
{
    /// <summary>Key of the case.</summary>
    public required long Id { get; init; }

    /// <summary>Its texts as <see cref="CaseText.Pairs"/> writes them; taken in and never given back.</summary>
    public string? Pairs { get; init; }

    /// <summary>The table's own column: what it is compared with is a condition of <see cref="CaseText.Condition"/>.</summary>
    public string? Match { get; init; }

    /// <summary>A case's row.</summary>
    /// <param name="id">Key of the case.</param>
    /// <param name="description">The reporter's words.</param>
    /// <param name="address">Where it is, in words.</param>
    public static CaseSearchRow Of(long id, string description, string? address) => new() { Id = id, Pairs = CaseText.Pairs(description, address) };
}

internal sealed class CaseSearchRowConfiguration : IEntityTypeConfiguration<CaseSearchRow>
{
    public const string Table = "CaseSearch";

    public void Configure(EntityTypeBuilder<CaseSearchRow> builder)
    {
        // Entity Framework has no word for such a table: CaseSearchSeed makes it.
        builder.ToTable(Table, table => table.ExcludeFromMigrations());
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).HasColumnName("rowid").ValueGeneratedNever();
        builder.Property(s => s.Match).HasColumnName(Table);
    }
}

/// <summary>How far the index of texts reaches: cases that were there before it are filled in bit by bit.</summary>
internal sealed class CaseSearchProgress
{
    public const int OnlyId = 1;

    public required int Id { get; init; }

    /// <summary><see cref="CaseText.Rules"/> by which the index is made.</summary>
    public required string Rules { get; set; }

    /// <summary>The last case that was filled in.</summary>
    public required long Filled { get; set; }

    /// <summary>The last case that was there when the index began.</summary>
    public required long Until { get; set; }
}

internal sealed class CaseSearchProgressConfiguration : IEntityTypeConfiguration<CaseSearchProgress>
{
    public void Configure(EntityTypeBuilder<CaseSearchProgress> builder)
    {
        builder.ToTable("CaseSearchProgress");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
    }
}

/// <summary>Makes the index of texts, empty: when there is none, and when it was made by other rules.</summary>
internal sealed class CaseSearchSeed : IDatabaseSeed
{
    public void Seed(AppDbContext context, DateTimeOffset now)
    {
        var progress = context.Set<CaseSearchProgress>().AsNoTracking().SingleOrDefault();
        if (progress?.Rules == CaseText.Rules)
        {
            return;
        }

        var until = context.Set<Incident>().Max(i => (long?)i.Id) ?? 0;
        using var transaction = context.Database.BeginTransaction();
        // Without content: the texts stand in the rows of the cases already. Positions are needed, as neighbours are looked for;
        // the lengths of texts only rank, and nothing here is ranked.
        context.Database.ExecuteSqlRaw(
            $"""
            DROP TABLE IF EXISTS "{CaseSearchRowConfiguration.Table}";
            CREATE VIRTUAL TABLE "{CaseSearchRowConfiguration.Table}" USING fts5("Pairs", content='', columnsize=0, detail=full, tokenize='ascii');
            """);
        context.Set<CaseSearchProgress>().ExecuteDelete();
        context.Add(new CaseSearchProgress { Id = CaseSearchProgress.OnlyId, Rules = CaseText.Rules, Filled = 0, Until = until });
        context.SaveChanges();
        transaction.Commit();
        context.ChangeTracker.Clear();
    }
}
