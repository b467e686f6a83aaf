using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Features.Access.Keys.Pages;

/// <summary>Keys of programs: made and shown once, listed, taken back.</summary>
public sealed partial class KeysPage
{
    private IReadOnlyList<AccessKey>? _keys;
    private IReadOnlyList<GridUnit> _units = [];
    private (AccessKey Row, string Key)? _made;
    private Refusal? _problem;
    private string? _asked;
    private bool _copied;
    private bool _busy;

    private string _label = "";
    private string _role = Roles.Reporter;
    private string _scope = "";
    private string _department = "";
    private DateOnly? _expires;
    private int _rate = NewKey.UsualRate;

    [Inject]
    private KeyDesk Desk { get; set; } = default!;

    [Inject]
    private KeyShelf Shelf { get; set; } = default!;

    [Inject]
    private IGridDirectory Grids { get; set; } = default!;

    [Inject]
    private IIncidentCatalog Catalog { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _units = [.. Grids.Current.Units.Where(unit => unit.Tier != GridTier.Basic)];
        await FollowAsync((changed, _) => Task.FromResult(new Following(Shelf, changed)), LookAsync);
        // The last use is written without a word; the list is read again once a minute.
        await FollowAsync((beat, _) => Task.FromResult(Clock.CreateTimer(_ => beat(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1))), LookAsync);
        await LookAsync();
    }

    private async Task LookAsync()
    {
        _keys = await Desk.ListAsync(Gone);
        StateHasChanged();
    }

    private Task CreateAsync() => TryAsync(async actor =>
    {
        var asked = new NewKey(_role)
        {
            Label = _label, ScopeCode = Given(_scope), Department = Given(_department), RatePerMinute = _rate,
            ExpiresAt = _expires is { } day ? KeyCall.EndOf(day, Grids.Current.TimeZone) : null,
        };
        _made = await Desk.CreateAsync(asked, actor, Gone);
        (_label, _copied) = ("", false);
    });

    private Task RevokeAsync(string id) => TryAsync(async actor =>
    {
        await Desk.RevokeAsync(id, actor, Gone);
        // What is not in force any more need not be copied.
        _made = _made?.Row.Id == id ? null : _made;
        _asked = null;
    });

    private async Task TryAsync(Func<Actor, Task> act)
    {
        (_problem, _busy) = (null, true);
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
            _problem = new Refusal("NotStored", "");
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task CopyAsync()
    {
        try
        {
            await Js.InvokeVoidAsync("navigator.clipboard.writeText", Gone, _made!.Value.Key);
            _copied = true;
        }
        catch (JSException)
        {
            // Browsers give the clipboard to https and to this machine only; the key can still be marked and copied by hand.
            _problem = new Refusal("CopyRefused");
        }
    }

    private void Forget() => (_made, _copied) = (null, false);

    private string StateOf(AccessKey key) => key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= Clock.GetUtcNow() ? "expired" : "inForce";

    private string Bounds(AccessKey key) => string.Join(" · ", Parts(key));

    private IEnumerable<string> Parts(AccessKey key)
    {
        if (key.ScopeCode is { } scope)
        {
            yield return Grids.Current.Find(scope) is { } unit ? $"{unit.Name} {scope}" : scope;
        }

        if (key.Department is { } code)
        {
            yield return Catalog.Department(code) is { } department ? CultureInfo.CurrentUICulture.Name == "en" ? department.NameEn : department.Name : code;
        }
    }

    private string Local(DateTimeOffset at) => Grids.Current.TimeZone.At(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // A key that ends at midnight was given a day, its last one; the command line may give an instant.
    private string LastDay(DateTimeOffset end)
    {
        var local = Grids.Current.TimeZone.At(end);
        return local.TimeOfDay == TimeSpan.Zero ? local.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Local(end);
    }

    private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private sealed class Following : IDisposable
    {
        private readonly KeyShelf _shelf;
        private readonly Action _changed;

        public Following(KeyShelf shelf, Action changed)
        {
            (_shelf, _changed) = (shelf, changed);
            _shelf.Changed += _changed;
        }

        public void Dispose() => _shelf.Changed -= _changed;
    }
}
