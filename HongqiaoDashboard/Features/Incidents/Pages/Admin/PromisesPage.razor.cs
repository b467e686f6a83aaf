using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Components.Policy;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Incidents.Pages.Admin;

/// <summary>The policy of promised times. What is changed is a draft of this page until it is published as the next version.</summary>
public sealed partial class PromisesPage
{
    private PolicyDraft _draft = default!;

    [Inject]
    private PolicyBook Book { get; set; } = default!;

    [Inject]
    private PolicyWords PolicyWords { get; set; } = default!;

    [Inject]
    private CaseWords Words { get; set; } = default!;

    [Inject]
    private IIncidentCatalog Catalog { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _draft = new PolicyDraft(Book, PolicyWords, Catalog);
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

    private Task PublishAsync(string note) => _draft.PublishAsync(note, async () => await Authorization.ActorAsync((await Authentication).User, Policies.Administer));
}
