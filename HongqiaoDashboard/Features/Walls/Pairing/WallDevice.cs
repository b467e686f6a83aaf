using HongqiaoDashboard.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>A display that an administrator has let in. Its secret is in its own cookie and nowhere else.</summary>
internal sealed class WallDevice : ISecretRow
{
    /// <summary>What the identities of displays begin with.</summary>
    public const string IdPrefix = "wall:";

    public required long Id { get; init; }

    public required byte[] SecretHash { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; set; }

    /// <summary>Names of the boards that it may show, comma between them; the first is the one that it opens.</summary>
    public required string Boards { get; set; }

    /// <summary>Grid code that bounds what its boards show; null for everything.</summary>
    public string? ScopeCode { get; set; }

    public required DateTimeOffset PairedAt { get; init; }

    public required string PairedBy { get; init; }

    /// <summary>Exact to a minute.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    public string? SeenBoard { get; set; }

    public string? SeenVersion { get; set; }

    public string? SeenAddress { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedBy { get; set; }

    public required long Change { get; set; }

    public string ActorId => IdOf(Id);

    public string Rights => $"{Boards}|{ScopeCode}";

    public DateTimeOffset? EndsAt => null;

    public IReadOnlyList<string> BoardList => Boards.Split(',');

    public static string IdOf(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{IdPrefix}{id}");
}

internal sealed class WallDeviceConfiguration : IEntityTypeConfiguration<WallDevice>
{
    public void Configure(EntityTypeBuilder<WallDevice> builder)
    {
        builder.ToTable("WallDevices");
        builder.HasKey(w => w.Id);
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.HasIndex(w => w.SecretHash).IsUnique();
        builder.HasIndex(w => w.Change);
        builder.Ignore(w => w.BoardList);
    }
}
