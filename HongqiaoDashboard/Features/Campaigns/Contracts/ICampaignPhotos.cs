using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>
/// Photographs of items, before and after. None is ever overwritten: that one was taken away is a further row, and its file stays
/// for a day. An item out of the actor's scope is answered like one that does not exist.
/// </summary>
public interface ICampaignPhotos
{
    /// <summary>Takes a photograph in; one that is there already stays as it is. When this returns, file and row are on the disk.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code.</param>
    /// <param name="moment">What it shows.</param>
    /// <param name="body">The file as it comes; what it is, its content says.</param>
    /// <param name="takenOn">The day on which it was taken; null where that is not known.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancellation">Withdraws it.</param>
    /// <exception cref="Kernel.RefusedException">
    /// <c>CampaignUnknown</c>, <c>ItemUnknown</c>, <c>PhotosNotWanted</c>, <c>PhotosEnough</c>, <c>PhotoDayAhead</c>, and what the receiving of photographs refuses.
    /// </exception>
    Task<CampaignPhoto> AddAsync(string campaign, string item, PhotoMoment moment, Stream body, DateOnly? takenOn, Actor actor, CancellationToken cancellation = default);

    /// <summary>Takes a photograph away. Who did so and when stays readable.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code.</param>
    /// <param name="moment">Of which it is one.</param>
    /// <param name="hash">The photograph.</param>
    /// <param name="actor">Who takes it away.</param>
    /// <param name="cancellation">Withdraws it while it waits.</param>
    /// <exception cref="Kernel.RefusedException"><c>CampaignUnknown</c>, <c>ItemUnknown</c>, <c>PhotoNotThere</c>.</exception>
    Task RemoveAsync(string campaign, string item, PhotoMoment moment, string hash, Actor actor, CancellationToken cancellation = default);

    /// <summary>All that was added and taken away at an item, newest first.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyList<CampaignPhotoWord>> HistoryAsync(string campaign, string item, Actor actor, CancellationToken cancellation = default);
}

/// <summary>What a photograph of an item shows.</summary>
public enum PhotoMoment
{
    /// <summary>How it was before the work.</summary>
    Before,
    /// <summary>How it is after the work.</summary>
    After,
}

/// <summary>A photograph of an item.</summary>
/// <param name="Moment">What it shows.</param>
/// <param name="Hash">SHA-256 of the stored bytes, by which it is asked for.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="TakenOn">The day on which it was taken, where that is known.</param>
/// <param name="At">When it was uploaded.</param>
/// <param name="ActorName">Name of who uploaded it.</param>
public sealed record CampaignPhoto(PhotoMoment Moment, string Hash, int Width, int Height, DateOnly? TakenOn, DateTimeOffset At, string ActorName);

/// <summary>That a photograph was added or taken away.</summary>
/// <param name="Photo">The photograph; its time and name are those of this word.</param>
/// <param name="Kept">Whether it was added.</param>
public sealed record CampaignPhotoWord(CampaignPhoto Photo, bool Kept);
