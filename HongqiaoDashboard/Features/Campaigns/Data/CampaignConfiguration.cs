using System.Linq.Expressions;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Campaigns.Data;

internal sealed class CampaignItemConfiguration : IEntityTypeConfiguration<CampaignItemRow>
{
    public void Configure(EntityTypeBuilder<CampaignItemRow> builder)
    {
        builder.ToTable("CampaignItems");
        builder.HasKey(i => i.Seq);
        builder.Property(i => i.Seq).ValueGeneratedNever();
        builder.HasIndex(i => new { i.Campaign, i.Code, i.Version }).IsUnique();
    }
}

internal sealed class CampaignEntryConfiguration : IEntityTypeConfiguration<CampaignEntryRow>
{
    public void Configure(EntityTypeBuilder<CampaignEntryRow> builder)
    {
        builder.ToTable("CampaignEntries");
        builder.HasKey(e => e.Seq);
        builder.Property(e => e.Seq).ValueGeneratedNever();
        builder.HasIndex(e => new { e.Campaign, e.Item, e.Day, e.Revision }).IsUnique();
    }
}

internal sealed class CampaignLinkConfiguration : IEntityTypeConfiguration<CampaignLinkRow>
{
    public void Configure(EntityTypeBuilder<CampaignLinkRow> builder)
    {
        builder.ToTable("CampaignLinks");
        builder.HasKey(l => l.Seq);
        builder.Property(l => l.Seq).ValueGeneratedNever();
        builder.HasIndex(l => new { l.Campaign, l.Item, l.Number, l.Seq });
    }
}

/// <summary>A grid code is a prefix of the codes below it, so a scope is a prefix too.</summary>
internal sealed class CampaignItemReadScope : IReadScope<CampaignItemRow>
{
    public Expression<Func<CampaignItemRow, bool>>? For(Actor actor) => actor.ScopeCode is { } scope ? item => item.GridCode.StartsWith(scope) : null;
}

/// <summary>Entries are for whoever has found their item in their own scope first; nobody else lists them.</summary>
internal sealed class CampaignEntryReadScope : IReadScope<CampaignEntryRow>
{
    public Expression<Func<CampaignEntryRow, bool>>? For(Actor actor) => actor.ScopeCode is null ? null : _ => false;
}

/// <summary>Links are for whoever has found their item in their own scope first; nobody else lists them.</summary>
internal sealed class CampaignLinkReadScope : IReadScope<CampaignLinkRow>
{
    public Expression<Func<CampaignLinkRow, bool>>? For(Actor actor) => actor.ScopeCode is null ? null : _ => false;
}
