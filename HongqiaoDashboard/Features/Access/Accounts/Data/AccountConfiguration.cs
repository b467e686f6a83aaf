using HongqiaoDashboard.Features.Access.Accounts.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Access.Accounts.Data;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.HasKey(a => a.Id);
        builder.HasIndex(a => a.NormalizedUserName).IsUnique();
        builder.HasIndex(a => a.ExternalSubject).IsUnique().HasFilter("\"ExternalSubject\" IS NOT NULL");
        builder.Ignore(a => a.IsActive);
        builder.Ignore(a => a.Read);
        builder.Ignore(a => a.Own);
    }
}

internal sealed class AccountTicketConfiguration : IEntityTypeConfiguration<AccountTicket>
{
    public void Configure(EntityTypeBuilder<AccountTicket> builder)
    {
        builder.ToTable("AccountTickets");
        builder.HasKey(t => t.Hash);
        builder.Property(t => t.Purpose).HasConversion<int>();
        builder.HasIndex(t => t.AccountId).HasFilter("\"AccountId\" IS NOT NULL");
    }
}
