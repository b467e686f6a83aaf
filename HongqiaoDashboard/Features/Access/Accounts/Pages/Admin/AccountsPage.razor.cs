using System.Globalization;
using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Features.Access.Accounts.Pages.Admin;

/// <summary>People's accounts: made with an invitation that is shown once, changed, ended and opened again.</summary>
public sealed partial class AccountsPage
{
    // A district has some thousand accounts; whoever looks for one types a few letters.
    private const int Most = 200;

    private IReadOnlyList<Account> _accounts = [];
    private Account? _edited;
    private Invitation? _invitation;
    private Refusal? _problem;
    private (string Id, string Act) _asked;
    private bool _copied;
    private bool _busy;
    private bool _all;

    private string _search = "";
    private string _userName = "";
    private string _displayName = "";
    private string _role = Roles.GridWorker;
    private string _scope = "";
    private string _department = "";

    [Inject] private AccountDesk Desk { get; set; } = default!;

    [Inject] private AccountPlaces Places { get; set; } = default!;

    [Inject] private IGridDirectory Grids { get; set; } = default!;

    [Inject] private IIncidentCatalog Catalog { get; set; } = default!;

    [Inject] private IAuthorizationService Authorization { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IJSRuntime Js { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = default!;

    private IReadOnlyList<Account> Shown => [.. _accounts.Where(account => (_all || account.IsActive) && Fits(account))];

    private IEnumerable<GridUnit> Offered => Grids.Current.Units.Where(unit => AccountRules.ReachOf(_role) switch
    {
        Reach.Street => unit.Tier == GridTier.Street,
        Reach.Community => unit.Tier == GridTier.Community,
        // More than a thousand basic grids are typed, not chosen.
        _ => unit.Tier is GridTier.Street or GridTier.Community,
    });

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => LookAsync();

    private async Task LookAsync()
    {
        _accounts = await Desk.ListAsync(Gone);
        StateHasChanged();
    }

    private Task StoreAsync() => TryAsync(async actor =>
    {
        var draft = new AccountDraft(_userName, _displayName, _role, AccountRules.ReachOf(_role) == Reach.Everything ? null : _scope, AccountRules.ReachOf(_role) == Reach.Department ? _department : null, _edited?.ExternalSubject);
        if (_edited is { } edited)
        {
            await Desk.ChangeAsync(edited.Id, draft, actor, Gone);
        }
        else
        {
            Show(await Desk.AddAsync(draft, actor, Gone));
        }

        Clear();
    });

    private Task DeactivateAsync(Account account) => TryAsync(async actor =>
    {
        await Desk.DeactivateAsync(account.Id, actor, Gone);
        _invitation = _invitation?.Account.Id == account.Id ? null : _invitation;
    });

    private Func<Account, Task> InviteAsync(Func<AccountDesk, Func<string, Actor, CancellationToken, Task<Invitation>>> act) =>
        account => TryAsync(async actor => Show(await act(Desk)(account.Id, actor, Gone)));

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
            _asked = default;
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

    private async Task CopyAsync()
    {
        try
        {
            await Js.InvokeVoidAsync("navigator.clipboard.writeText", Gone, LinkOf(_invitation!));
            _copied = true;
        }
        catch (JSException)
        {
            // Browsers give the clipboard to https and to this machine only; the link can still be marked and copied by hand.
            _problem = new Refusal("CopyRefused");
        }
    }

    private void Show(Invitation invitation) => (_invitation, _copied) = (invitation, false);

    private void Edit(Account account)
    {
        (_edited, _problem) = (account, null);
        (_userName, _displayName, _role) = (account.UserName, account.DisplayName, account.Role);
        (_scope, _department) = (account.ScopeCode ?? "", account.Department ?? "");
    }

    private void Clear() => (_edited, _userName, _displayName, _scope, _department) = (null, "", "", "", "");

    private bool Fits(Account account) => _search.Trim() is not { Length: > 0 } word
        || new[] { account.UserName, account.DisplayName, Text[$"Role.{account.Role}"], Places.Describe(account.ScopeCode, account.Department) }
            .Any(said => said.Contains(word, StringComparison.OrdinalIgnoreCase));

    private string StateOf(Account account) => !account.IsActive ? "ended"
        : account.LockoutEnd > Clock.GetUtcNow() ? "locked"
        : account.PasswordHash is null ? "invited"
        : account.TwoFactorEnabled ? "twoSteps"
        : "open";

    // Behind the #, which browsers send to nobody.
    private string LinkOf(Invitation invitation) => $"{Navigation.BaseUri}account/join#{invitation.Secret}";

    private string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Grids.Current.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
