using HongqiaoDashboard.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Access.Keys;

/// <summary>A program's key: everything about it but the key itself. Rows are kept when their key is revoked.</summary>
internal sealed class AccessKey : ISecretRow
{
    /// <summary>First digits of the hash (<see cref="KeyPrint.Of"/>): its name in lists, cases and logs.</summary>
    public required string Id { get; init; }

    public required byte[] SecretHash { get; init; }

    /// <summary>What it is for.</summary>
    public required string Label { get; init; }

    /// <summary>A slug of <see cref="Roles"/>.</summary>
    public required string Role { get; init; }

    /// <summary>Grid code that bounds what it sees and where it posts; null for everything.</summary>
    public string? ScopeCode { get; init; }

    /// <summary>Code of the department that bounds which cases it sees; null for no such bound.</summary>
    public string? Department { get; init; }

    /// <summary>Most requests in a minute.</summary>
    public required int RatePerMinute { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Exact to a minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedBy { get; set; }

    public required long Change { get; set; }

    public string ActorId => KeyPrint.IdPrefix + Id;

    public string Rights => $"{Role}|{ScopeCode}|{Department}";

    public DateTimeOffset? EndsAt => ExpiresAt;

    public Actor ToActor() => new(ActorId, Label, Role, ScopeCode) { Department = Department };
}

internal sealed class AccessKeyConfiguration : IEntityTypeConfiguration<AccessKey>
{
    public void Configure(EntityTypeBuilder<AccessKey> builder)
    {
        builder.ToTable("AccessKeys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.HasIndex(k => k.SecretHash).IsUnique();
        builder.HasIndex(k => k.Change);
    }
}
