using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Walls.Components;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Walls.Pages;

/// <summary>The campaigns for a hall: read from five metres, touched by nobody.</summary>
public sealed partial class CampaignBoard
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private IReadOnlyList<CampaignPicture> _pictures = [];
    private CampaignSlots? _slots;
    private long _stop;
    private int _raised;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        await FollowAsync((tick, _) => Task.FromResult(Clock.CreateTimer(_ => tick(), null, Tick, Tick)), TurnAsync);
    }

    /// <inheritdoc/>
    protected override bool Look()
    {
        if (ReferenceEquals(_pictures, Subscription!.Current))
        {
            return false;
        }

        _pictures = Subscription.Current;
        _raised = _pictures.Sum(picture => picture.Items.Count(standing => standing.Flag == RelapseFlag.Raised));
        Arrange();
        return true;
    }

    private Task TurnAsync()
    {
        // Where everything fits there is nothing to turn to.
        if (_slots is { Turns: true } && CampaignSlots.StopAt(Clock.GetUtcNow()) != _stop)
        {
            Arrange();
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    private void Arrange()
    {
        _stop = CampaignSlots.StopAt(Clock.GetUtcNow());
        _slots = CampaignSlots.Of(_pictures, _stop);
    }
}
