using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Walls.Pairing.Pages;

/// <summary>Displays: let in by the code that they show, named, given boards, watched, and put out.</summary>
public sealed partial class WallsPage
{
    // A display says every four seconds that it is there.
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private IReadOnlyList<WallDevice>? _walls;
    private IReadOnlyList<GridUnit> _units = [];
    private WallForm _new = new();
    private WallForm _edit = new();
    private string _code = "";
    private long? _edited;
    private long? _asked;
    private Refusal? _problem;
    private string? _done;
    private bool _busy;

    [Inject]
    private WallDesk Desk { get; set; } = default!;

    [Inject]
    private WallShelf Shelf { get; set; } = default!;

    [Inject]
    private WallSightings Sightings { get; set; } = default!;

    [Inject]
    private IGridDirectory Grids { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string Current => ProgramVersion.Of(Assets);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _units = [.. Grids.Current.Units.Where(unit => unit.Tier is GridTier.Street or GridTier.Community)];
        await FollowAsync((changed, _) => Task.FromResult(new Following(changed, c => Shelf.Changed += c, c => Shelf.Changed -= c)), LookAsync);
        await FollowAsync((seen, _) => Task.FromResult(new Following(seen, c => Sightings.Changed += c, c => Sightings.Changed -= c)), ShowAsync);
        // A display that says nothing any more is told by the clock.
        await FollowAsync((beat, _) => Task.FromResult(Clock.CreateTimer(_ => beat(), null, LookEvery, LookEvery)), ShowAsync);
        await LookAsync();
    }

    private async Task LookAsync()
    {
        _walls = await Desk.ListAsync(Gone);
        StateHasChanged();
    }

    private Task ShowAsync()
    {
        StateHasChanged();
        return Task.CompletedTask;
    }

    private Task ConfirmAsync() => TryAsync(async actor =>
    {
        var wall = await Desk.ConfirmAsync(_code, _new.ToSetting(), actor);
        _done = Text["Done", wall.Name];
        (_code, _new) = ("", new WallForm());
    });

    private void Edit(WallDevice wall) => (_edited, _edit, _asked) = (wall.Id, WallForm.Of(wall), null);

    private Task ChangeAsync(long id) => TryAsync(async actor =>
    {
        await Desk.ChangeAsync(id, _edit.ToSetting(), actor);
        _edited = null;
    });

    private Task RevokeAsync(WallDevice wall) => TryAsync(async actor =>
    {
        await Desk.RevokeAsync(wall.Id, actor);
        (_asked, _done) = (null, Text["Out", wall.Name]);
    });

    private async Task TryAsync(Func<Actor, Task> act)
    {
        (_problem, _done, _busy) = (null, null, true);
        try
        {
            if (await Authorization.ActorAsync((await Authentication).User, Policies.Administer) is not { } actor)
            {
                _problem = new Refusal("NotAllowed");
                return;
            }

            await act(actor);
            await LookAsync();
        }
        catch (RefusedException e)
        {
            _problem = e.Refusal;
        }
        catch (StorageUnavailableException)
        {
            _problem = new Refusal("NotStored");
        }
        finally
        {
            _busy = false;
        }
    }

    private WallSighting? SeenOf(WallDevice wall) =>
        Sightings.Of(wall.Id) ?? (wall.SeenAt is { } at ? new WallSighting(at, wall.SeenBoard, wall.SeenVersion, wall.SeenAddress ?? "–") : null);

    private string StateOf(WallDevice wall, WallSighting? seen) =>
        wall.RevokedAt is not null ? "revoked" : seen is null ? "never" : Clock.GetUtcNow() - seen.At > Silent ? "silent" : "there";

    private string ScopeOf(WallDevice wall) => wall.ScopeCode is not { } scope ? Text["ScopeAll"] : Grids.Current.Find(scope)?.Name ?? scope;

    private string Local(DateTimeOffset at, bool seconds = false) =>
        Grids.Current.TimeZone.At(at).ToString(seconds ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private sealed class Following : IDisposable
    {
        private readonly Action _changed;
        private readonly Action<Action> _leave;

        public Following(Action changed, Action<Action> follow, Action<Action> leave)
        {
            (_changed, _leave) = (changed, leave);
            follow(changed);
        }

        public void Dispose() => _leave(_changed);
    }
}
