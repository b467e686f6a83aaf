using System.Linq.Expressions;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Access.Audit.Data;

/// <summary>
/// The table. Its migration has triggers that refuse UPDATE, DELETE and REPLACE; a migration that rebuilds the table must make them
/// anew. Each index ends in the rowid, so that each serves its filter newest first.
/// </summary>
internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("AuditRows");
        builder.HasKey(row => row.Seq);
        builder.Property(row => row.Seq).ValueGeneratedNever();
        builder.HasIndex(row => row.At);
        builder.HasIndex(row => new { row.ActorId, row.At });
        builder.HasIndex(row => new { row.Act, row.At });
        builder.HasIndex(row => new { row.Subject, row.At });
        builder.HasIndex(row => new { row.Result, row.At });
    }
}

/// <summary>The trail names everybody and from where they came: it is for administrators without bounds alone.</summary>
internal sealed class AuditReadScope : IReadScope<AuditRow>
{
    public Expression<Func<AuditRow, bool>>? For(Actor actor) => actor is { Role: Roles.Admin, ScopeCode: null } ? null : _ => false;
}
