using System.Text.Json;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>A reporter's contact data, encrypted; in a table of its own so that erasing is deleting.</summary>
internal sealed class IncidentContact
{
    // It stands in what is stored: another one could not read it.
    private const string Purpose = "HongqiaoDashboard.ReporterContact";

    public required long IncidentId { get; init; }

    /// <summary>What the vault gave; empty when a contact was given while there was no key to keep it with.</summary>
    public required string Protected { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>A contact as it may be stored. Without a key it is not: a report must not be lost for it, nor a phone number lie there in clear.</summary>
    public static string Kept(IDataVault vault, ReporterContact contact) => vault.Protect(Purpose, JsonSerializer.Serialize(contact)) ?? "";

    /// <summary>Reads what was stored.</summary>
    public static (ReporterContact? Contact, VaultFault? Fault) Read(IDataVault vault, string kept)
    {
        var (text, fault) = vault.Read(Purpose, kept);
        return (text is null ? null : JsonSerializer.Deserialize<ReporterContact>(text), fault);
    }
}

internal sealed class IncidentContactConfiguration : IEntityTypeConfiguration<IncidentContact>
{
    public void Configure(EntityTypeBuilder<IncidentContact> builder)
    {
        builder.ToTable("IncidentContacts");
        builder.HasKey(c => c.IncidentId);
        builder.Property(c => c.IncidentId).ValueGeneratedNever();
        builder.HasIndex(c => c.StoredAt);
    }
}
