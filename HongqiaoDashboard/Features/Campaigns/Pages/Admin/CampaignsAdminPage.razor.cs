using HongqiaoDashboard.Features.Campaigns.Components.Admin;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Campaigns.Pages.Admin;

/// <summary>The campaigns' configuration. What is changed is a draft of this page until it is published as the next version.</summary>
public sealed partial class CampaignsAdminPage
{
    private CampaignsDraft _draft = default!;
    private int _place;

    [Inject]
    private CampaignBook Book { get; set; } = default!;

    [Inject]
    private CampaignAdminWords Words { get; set; } = default!;

    [Inject]
    private IGridDirectory Grids { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    // A version that is looked at, or one that was published elsewhere, may have fewer.
    private int Place => Math.Min(_place, _draft.Shown.Campaigns.Count - 1);

    private CampaignDefinition? Chosen => Place < 0 ? null : _draft.Shown.Campaigns[Place];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _draft = new CampaignsDraft(Book, Words);
        _draft.Begin();
        await FollowAsync((changed, _) => Task.FromResult(_draft.Follow(changed)), CatchUpAsync);
        // What was published between the two.
        _draft.CatchUp();
    }

    private Task CatchUpAsync()
    {
        _draft.CatchUp();
        StateHasChanged();
        return Task.CompletedTask;
    }

    private List<CampaignFault> FaultsOf(CampaignDefinition campaign) => _draft.IsReadOnly ? [] : [.. _draft.Found.Where(fault => fault.Place.Campaign == campaign.Code)];

    private void Choose(int place) => _place = place;

    private void Add(CampaignDefinition? copied)
    {
        _draft.Edit(_draft.Value.WithAnother(copied, Grids.Current.TimeZone.DayOf(Time.GetUtcNow())));
        _place = _draft.Value.Campaigns.Count - 1;
    }

    private void Remove() => _draft.TryRemove(_draft.Value.Without(Place));

    private Task PublishAsync(string note) => _draft.PublishAsync(note, async () => await Authorization.ActorAsync((await Authentication).User, Policies.Administer));
}
