using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>Campaigns as they stand, in the memory of the process: for pages, boards and the situation.</summary>
public interface ICampaignFeed
{
    /// <summary>Looks at all campaigns, narrowed to the items that the actor may see.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="changed">Called after a change and when a day begins, on any thread; it must return at once.</param>
    /// <param name="cancellation">Ends the wait for the first pictures.</param>
    /// <returns>The subscription; dispose of it to end it.</returns>
    Task<ICampaignSubscription> SubscribeAsync(Actor actor, Action changed, CancellationToken cancellation = default);
}

/// <summary>A view of the campaigns that stays up to date until it is disposed of.</summary>
public interface ICampaignSubscription : IDisposable
{
    /// <summary>The campaigns in the order of the configuration. Hold on to it and compare later: it never changes.</summary>
    IReadOnlyList<CampaignPicture> Current { get; }

    /// <summary>The instant up to which <see cref="Current"/> is right; grows while nothing changes.</summary>
    DateTimeOffset FreshAsOf { get; }

    /// <summary>A campaign as it stood at the end of a day, by what is known now; null for an unknown campaign.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="day">The day.</param>
    CampaignPicture? At(string campaign, DateOnly day);

    /// <summary>The amounts of one item day by day, for a replay: newest revision of each day, in the order of the days.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code.</param>
    IReadOnlyList<CampaignEntry> Entries(string campaign, string item);
}
