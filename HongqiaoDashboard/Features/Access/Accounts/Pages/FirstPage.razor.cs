using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Access.Accounts.Pages;

/// <summary>Makes the first administrator of an empty system, for whoever can read what the program prints at its start.</summary>
public sealed partial class FirstPage
{
    private IReadOnlyList<string> _faults = [];
    private object[] _arguments = [];

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "first")] private Form? _form { get; set; }

    [Inject] private AccountTickets Tickets { get; set; } = default!;

    [Inject] private PasswordJudge Passwords { get; set; } = default!;

    [Inject] private SignInDesk SignIn { get; set; } = default!;

    [Inject] private SignInGate Gate { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private string Here => Http.Request.Path;

    private async Task MakeAsync()
    {
        var form = _form ?? new Form();
        var (userName, displayName) = (form.UserName?.Trim() ?? "", form.DisplayName?.Trim() ?? "");
        _faults = Gate.IsShut(Http.Connection.RemoteIpAddress) ? ["SignInTooMany"]
            : form.Password != form.Repeated ? ["PasswordsDiffer"]
            : await Passwords.FaultsAsync(Draft(userName, displayName), form.Password);
        if (_faults.Count > 0)
        {
            return;
        }

        try
        {
            await SignIn.AsAsync(await Tickets.MakeFirstAsync(form.Ticket ?? "", userName, displayName, form.Password!, CallOrigin.Of(Http), Http.RequestAborted));
            Navigation.NavigateTo("/");
        }
        catch (RefusedException e)
        {
            Gate.CountWrong(Http.Connection.RemoteIpAddress);
            (_faults, _arguments) = ([e.Refusal.Code], e.Refusal.Arguments);
        }
    }

    private static Account Draft(string userName, string displayName) => new()
    {
        Id = "", UserName = userName, NormalizedUserName = "", DisplayName = displayName, Role = Roles.Admin, SecurityStamp = "", CreatedAt = default,
    };

    private sealed class Form
    {
        public string? Ticket { get; set; }

        public string? UserName { get; set; }

        public string? DisplayName { get; set; }

        public string? Password { get; set; }

        public string? Repeated { get; set; }
    }
}
