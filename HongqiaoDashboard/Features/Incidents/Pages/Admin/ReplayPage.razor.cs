using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Incidents.Pages.Admin;

/// <summary>Shows which promised times of open cases the calendar in force moves, and moves them.</summary>
public sealed partial class ReplayPage
{
    private readonly ComponentLifetime _life = new();
    private IReadOnlyList<MovedTimes>? _moved;
    private string _edition = "";
    private string? _reason;
    private string? _fault;
    private int? _done;
    private int _progress;
    private bool _busy;

    [Inject]
    private CalendarReplay Replay { get; set; } = default!;

    [Inject]
    private ICalendarBook Calendars { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => LoadAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Dispose();
    }

    private async Task LoadAsync()
    {
        try
        {
            _edition = Calendars.Current.Edition;
            _moved = await Replay.PreviewAsync(_life.Token);
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            // Whoever asked has gone.
        }
    }

    private async Task ApplyAsync()
    {
        (_busy, _fault, _done, _progress) = (true, null, null, 0);
        try
        {
            var user = (await Authentication).User;
            if (!(await Authorization.AuthorizeAsync(user, Policies.Administer)).Succeeded || Actor.From(user) is not { } actor)
            {
                _fault = Text["NotAuthorized"];
                return;
            }

            // Its own thread of things: whoever leaves the page does not stop half of it.
            var progress = new Progress<int>(done => _ = InvokeAsync(() => (_progress, _) = (done, Show())));
            _done = await Replay.ApplyAsync(_edition, _reason ?? "", actor, progress, CancellationToken.None);
            _reason = null;
            await LoadAsync();
        }
        catch (RefusedException refused)
        {
            _fault = Words.Sentence(refused.Refusal);
        }
        catch (StorageUnavailableException)
        {
            _fault = Text["StorageUnavailable"];
        }
        finally
        {
            _busy = false;
        }
    }

    private bool Show()
    {
        StateHasChanged();
        return true;
    }
}
