using System.Text.Json;
using HongqiaoDashboard.Features.Incidents.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HongqiaoDashboard.Features.Incidents.Data;

internal sealed class IncidentConfiguration : IEntityTypeConfiguration<Incident>
{
    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("Incidents");
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasIndex(i => i.Number).IsUnique();
        builder.HasIndex(i => i.IdempotencyKey).HasFilter("\"IdempotencyKey\" IS NOT NULL");
        builder.HasIndex(i => i.ExternalId).IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
        builder.Property(i => i.Clock).HasConversion(new JsonText<CaseClock>()!);

        // Lists and the open set.
        builder.HasIndex(i => new { i.State, i.ReportedAt });
        builder.HasIndex(i => new { i.GridCode, i.ReportedAt });

        // What happens, or falls due, on a given day: the situation reads whole days by these.
        builder.HasIndex(i => i.ReportedAt);
        builder.HasIndex(i => i.AcceptedAt).HasFilter("\"AcceptedAt\" IS NOT NULL");
        builder.HasIndex(i => i.ClosedAt).HasFilter("\"ClosedAt\" IS NOT NULL");
        builder.HasIndex(i => i.ResolveBy);
        builder.HasIndex(i => i.CloseBy);
        builder.HasIndex(i => i.ReworkedAt).HasFilter("\"ReworkedAt\" IS NOT NULL");
        builder.HasIndex(i => i.ExtendedAt).HasFilter("\"ExtendedAt\" IS NOT NULL");
        builder.HasIndex(i => i.DueAt).HasFilter("\"DueAt\" IS NOT NULL");

        // Lists of one kind, of one department, and by the last move.
        builder.HasIndex(i => new { i.Type, i.ReportedAt });
        builder.HasIndex(i => new { i.Category, i.ReportedAt });
        builder.HasIndex(i => new { i.Department, i.ReportedAt }).HasFilter("\"Department\" IS NOT NULL");
        builder.HasIndex(i => i.UpdatedAt);
        builder.HasIndex(i => i.MergedInto).HasFilter("\"MergedInto\" IS NOT NULL");
    }
}

internal sealed class IncidentEventConfiguration : IEntityTypeConfiguration<IncidentEvent>
{
    public void Configure(EntityTypeBuilder<IncidentEvent> builder)
    {
        builder.ToTable("IncidentEvents");
        builder.HasKey(e => e.Seq);
        builder.Property(e => e.Seq).ValueGeneratedNever();
        builder.HasIndex(e => new { e.IncidentId, e.Seq });
        // What happened in a span of time, whichever case.
        builder.HasIndex(e => e.At);
        builder.Property(e => e.Detail).HasConversion(new JsonText<IncidentEventDetail>());
        builder.Property(e => e.Before).HasConversion(new JsonText<IncidentFacts>()!);
        builder.Property(e => e.After).HasConversion(new JsonText<IncidentFacts>());
    }
}

/// <summary>A value kept as compact JSON.</summary>
/// <typeparam name="T">One of the types that <see cref="IncidentJson"/> knows.</typeparam>
internal sealed class JsonText<T>() : ValueConverter<T, string>(
    value => JsonSerializer.Serialize(value, typeof(T), IncidentJson.Default),
    text => (T)JsonSerializer.Deserialize(text, typeof(T), IncidentJson.Default)!);
