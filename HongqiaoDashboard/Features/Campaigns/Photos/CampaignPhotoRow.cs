using System.Linq.Expressions;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Features.Campaigns.Photos;

/// <summary>That a photograph of an item was added or taken away: written once, the newest of each photograph counts. The picture itself is a file.</summary>
internal sealed class CampaignPhotoRow
{
    /// <summary>Position in the campaigns' log.</summary>
    public required long Seq { get; init; }
    public required string Campaign { get; init; }
    public required string Item { get; init; }
    /// <summary><c>before</c> or <c>after</c>.</summary>
    public required string Moment { get; init; }
    /// <summary>SHA-256 of the stored bytes, 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }
    /// <summary>Whether it was added; otherwise it was taken away.</summary>
    public required bool Kept { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    /// <summary>Length of the stored file.</summary>
    public required long Bytes { get; init; }
    public DateOnly? TakenOn { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string ActorId { get; init; }
    public required string ActorName { get; init; }

    public CampaignPhoto ToPhoto() => new(Moment == Of(PhotoMoment.Before) ? PhotoMoment.Before : PhotoMoment.After, Hash, Width, Height, TakenOn, At, ActorName);

    /// <summary>A moment as rows and addresses name it.</summary>
    /// <param name="moment">The moment.</param>
    public static string Of(PhotoMoment moment) => moment == PhotoMoment.Before ? "before" : "after";
}

internal sealed class CampaignPhotoConfiguration : IEntityTypeConfiguration<CampaignPhotoRow>
{
    public void Configure(EntityTypeBuilder<CampaignPhotoRow> builder)
    {
        builder.ToTable("CampaignPhotos");
        builder.HasKey(p => p.Seq);
        builder.Property(p => p.Seq).ValueGeneratedNever();
        builder.HasIndex(p => new { p.Campaign, p.Item, p.Moment, p.Hash, p.Seq });
        // Whether any item still has a file.
        builder.HasIndex(p => p.Hash);
    }
}

/// <summary>Photographs are for whoever has found their item in their own scope first; nobody else lists them.</summary>
internal sealed class CampaignPhotoReadScope : IReadScope<CampaignPhotoRow>
{
    public Expression<Func<CampaignPhotoRow, bool>>? For(Actor actor) => actor.ScopeCode is null ? null : _ => false;
}
