using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Access.Accounts.Pages;

/// <summary>Lets somebody who was invited, or whose password was taken, choose a new one.</summary>
public sealed partial class JoinPage
{
    private IReadOnlyList<string> _faults = [];
    private object[] _arguments = [];

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "join")] private Form? _form { get; set; }

    [Inject] private AccountTickets Tickets { get; set; } = default!;

    [Inject] private PasswordJudge Passwords { get; set; } = default!;

    [Inject] private SignInDesk SignIn { get; set; } = default!;

    [Inject] private SignInGate Gate { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private string Here => Http.Request.Path;

    private async Task ChooseAsync()
    {
        var (form, address) = (_form ?? new Form(), Http.Connection.RemoteIpAddress);
        if (Gate.IsShut(address))
        {
            _faults = ["SignInTooMany"];
            return;
        }

        if (await Tickets.HolderAsync(form.Ticket ?? "", Clock.GetUtcNow(), Http.RequestAborted) is not { } holder)
        {
            Gate.CountWrong(address);
            _faults = ["TicketWorthless"];
            return;
        }

        _faults = form.Password != form.Repeated ? ["PasswordsDiffer"] : await Passwords.FaultsAsync(holder, form.Password);
        if (_faults.Count > 0)
        {
            return;
        }

        try
        {
            await SignIn.AsAsync(await Tickets.ChoosePasswordAsync(form.Ticket!, form.Password!, CallOrigin.Of(Http), Http.RequestAborted));
            Navigation.NavigateTo("/");
        }
        catch (RefusedException e)
        {
            Gate.CountWrong(address);
            (_faults, _arguments) = ([e.Refusal.Code], e.Refusal.Arguments);
        }
    }

    private sealed class Form
    {
        public string? Ticket { get; set; }

        public string? Password { get; set; }

        public string? Repeated { get; set; }
    }
}
