using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Situation.Contracts;

/// <summary>The live picture inside the process: for pages and boards, which need no hub.</summary>
public interface ISituationFeed
{
    /// <summary>Subscribes to a scope.</summary>
    /// <param name="scope">Grid code, or null for all that the actor may see.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="changed">Called on a thread of the feed, at most four times a second, and on every heartbeat; it must return at once.</param>
    /// <param name="cancellation">Ends the wait for the first picture.</param>
    /// <returns>The subscription, its first picture ready; dispose of it to end it.</returns>
    /// <exception cref="Kernel.RefusedException"><c>UnknownScope</c>, <c>ScopeForbidden</c>.</exception>
    Task<ISituationSubscription> SubscribeAsync(string? scope, Actor actor, Action changed, CancellationToken cancellation = default);
}

/// <summary>A view that stays up to date until it is disposed of.</summary>
public interface ISituationSubscription : IDisposable
{
    /// <summary>The newest picture. Hold on to it and compare later: it never changes.</summary>
    SituationSnapshot Current { get; }

    /// <summary>What boards show beside <see cref="Current"/>; it may change while that does not.</summary>
    SituationDetails Details { get; }

    /// <summary>The instant up to which <see cref="Current"/> is right; grows while nothing changes.</summary>
    DateTimeOffset FreshAsOf { get; }
}

/// <summary>Campaign progress in the picture; implemented by the feature that keeps campaigns.</summary>
public interface ISituationPart
{
    /// <summary>Campaigns of a scope as they stand; called on the feed's thread, so it must answer from memory.</summary>
    /// <param name="scope">Grid code, or null for the whole district.</param>
    IReadOnlyList<SituationCampaign> Campaigns(string? scope);
}
