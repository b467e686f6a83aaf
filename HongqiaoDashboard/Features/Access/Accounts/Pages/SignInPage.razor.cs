using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Platform.Web;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Access.Accounts.Pages;

/// <summary>Where people sign in. A plain page: a circuit cannot set cookies.</summary>
public sealed partial class SignInPage
{
    private IReadOnlyList<string> _faults = [];

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "sign-in")] private Form? _form { get; set; }

    [SupplyParameterFromQuery(Name = AccountAuthentication.ReturnParameter)] private string? ReturnTo { get; set; }

    [Inject] private SignInDesk Desk { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private string Here => Http.Request.Path + Http.Request.QueryString;

    private bool IsTrial => TrialEndpoint.IsOffered(Http);

    private async Task SignInAsync()
    {
        var form = _form ?? new Form();
        switch (await Desk.WithPasswordAsync(form.UserName?.Trim() ?? "", form.Password ?? "", form.Keep))
        {
            case SignInOutcome.Done:
                Navigation.NavigateTo(WebShell.LocalOrHome(ReturnTo));
                break;
            case SignInOutcome.SecondFactor:
                Navigation.NavigateTo(SecondFactorPage.Link(ReturnTo, form.Keep));
                break;
            case SignInOutcome.Locked:
                _faults = ["SignInLocked"];
                break;
            case SignInOutcome.TooMany:
                _faults = ["SignInTooMany"];
                break;
            default:
                _faults = ["SignInWrong"];
                break;
        }
    }

    private sealed class Form
    {
        public string? UserName { get; set; }

        public string? Password { get; set; }

        public bool Keep { get; set; }
    }
}
