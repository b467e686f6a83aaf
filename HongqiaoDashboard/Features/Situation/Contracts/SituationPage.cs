using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Situation.Contracts;

/// <summary>
/// A page or board that shows the live picture of all that its user may see. It renders when the picture has changed; a
/// heartbeat reaches the freshness badge only.
/// </summary>
public abstract class SituationPage : LiveComponent
{
    private ISituationSubscription? _subscription;
    private bool _told;

    [Inject]
    private ISituationFeed Feed { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>The picture that is shown; null until the first one is there.</summary>
    protected SituationSnapshot? Shown { get; private set; }

    /// <summary>What boards show beside it.</summary>
    protected SituationDetails Details { get; private set; } = SituationDetails.None;

    /// <summary>The badge, once it is rendered.</summary>
    protected FreshnessBadge? Badge { get; set; }

    /// <summary>The map, once it is rendered.</summary>
    protected SituationMap? Map { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var actor = Actor.From((await Authentication).User)!;
        _subscription = await FollowAsync((changed, cancellation) => Feed.SubscribeAsync(null, actor, changed, cancellation), RefreshAsync);
        (Shown, Details) = (_subscription?.Current, _subscription?.Details ?? SituationDetails.None);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_told && Shown is not null)
        {
            _told = true;
            await TellAsync();
        }
    }

    private async Task RefreshAsync()
    {
        // The feed may have spoken before the first picture was taken.
        if (_subscription is null)
        {
            return;
        }

        if (!ReferenceEquals(Shown, _subscription.Current) || !ReferenceEquals(Details, _subscription.Details))
        {
            (Shown, Details) = (_subscription.Current, _subscription.Details);
            StateHasChanged();
        }

        await TellAsync();
    }

    // What moves in the browser without a render.
    private async Task TellAsync()
    {
        if (Badge is not null)
        {
            await Badge.BeatAsync(_subscription!.FreshAsOf);
        }

        if (Map is not null)
        {
            await Map.ShowAsync(Shown!);
        }
    }
}
