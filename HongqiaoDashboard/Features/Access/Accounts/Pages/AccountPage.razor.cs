using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Kernel;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Access.Accounts.Pages;

/// <summary>What people see and change of their own account: password and second step. A plain page, since both renew the cookie.</summary>
public sealed partial class AccountPage
{
    private Account? _account;
    private string? _key;
    private string? _done;
    private IReadOnlyList<string> _faults = [];
    private IReadOnlyList<string> _codes = [];

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "password")] private PasswordForm? _password { get; set; }

    [SupplyParameterFromForm(FormName = "second-off")] private CurrentForm? _off { get; set; }

    [SupplyParameterFromForm(FormName = "second-confirm")] private CodeForm? _confirm { get; set; }

    [Inject] private OwnAccount Own { get; set; } = default!;

    [Inject] private AccountPlaces Places { get; set; } = default!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        _account = await Own.FindAsync(Http.User);
        _key = _account is { TwoFactorEnabled: false } account ? await Own.KeyAsync(account) : null;
    }

    private async Task ChangePasswordAsync()
    {
        var form = _password ?? new PasswordForm();
        _faults = form.Password != form.Repeated ? ["PasswordsDiffer"] : await Own.ChangePasswordAsync(_account!, form.Current ?? "", form.Password ?? "");
        _done = _faults.Count == 0 ? "PasswordChanged" : null;
        await ReadAsync();
    }

    private async Task BeginAsync()
    {
        try
        {
            _faults = await Own.NewKeyAsync(_account!);
        }
        catch (RefusedException e)
        {
            _faults = [e.Refusal.Code];
        }

        await ReadAsync();
    }

    private async Task ConfirmAsync()
    {
        _codes = await Own.ConfirmAsync(_account!, _confirm?.Code ?? "");
        _faults = _codes.Count == 0 ? ["CodeWrong"] : [];
        _done = _codes.Count == 0 ? null : "SecondFactorIsOn";
        await ReadAsync();
    }

    private async Task SwitchOffAsync()
    {
        _faults = await Own.SwitchOffAsync(_account!, _off?.Current ?? "");
        _done = _faults.Count == 0 ? "SecondFactorIsOff" : null;
        await ReadAsync();
    }

    private sealed class PasswordForm
    {
        public string? Current { get; set; }

        public string? Password { get; set; }

        public string? Repeated { get; set; }
    }

    private sealed class CurrentForm
    {
        public string? Current { get; set; }
    }

    private sealed class CodeForm
    {
        public string? Code { get; set; }
    }
}
