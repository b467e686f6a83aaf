using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>
/// A page that follows the campaigns that its user may see. It renders when they have changed; while nothing does, only its
/// freshness badge hears of it, by the clock.
/// </summary>
public abstract class CampaignFollower : LiveComponent
{
    [Inject]
    private ICampaignFeed Feed { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>What is followed; null until the first pictures are there.</summary>
    protected ICampaignSubscription? Subscription { get; private set; }

    /// <summary>The badge, once it is rendered.</summary>
    protected FreshnessBadge? Badge { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var actor = Actor.From((await Authentication).User)!;
        Subscription = await FollowAsync((changed, cancellation) => Feed.SubscribeAsync(actor, changed, cancellation), RefreshAsync);
        await FollowAsync((beat, _) => Task.FromResult(Time.CreateTimer(_ => beat(), null, FreshnessBadge.Heartbeat, FreshnessBadge.Heartbeat)), TellAsync);
        if (Subscription is not null)
        {
            Look();
        }
    }

    /// <summary>Takes what is new.</summary>
    /// <returns>Whether anything is.</returns>
    protected abstract bool Look();

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => TellAsync();

    private Task RefreshAsync()
    {
        // The feed may have spoken before the first pictures were taken.
        if (Subscription is not null && Look())
        {
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    private Task TellAsync() => Badge is not null && Subscription is not null ? Badge.BeatAsync(Subscription.FreshAsOf) : Task.CompletedTask;
}
