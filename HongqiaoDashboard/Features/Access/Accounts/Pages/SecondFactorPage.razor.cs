using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Platform.Web;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Access.Accounts.Pages;

/// <summary>Asks for the code of an authenticator after the password was right, or for a recovery code.</summary>
public sealed partial class SecondFactorPage
{
    private IReadOnlyList<string> _faults = [];

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "second-factor")] private Form? _form { get; set; }

    [SupplyParameterFromQuery(Name = AccountAuthentication.ReturnParameter)] private string? ReturnTo { get; set; }

    [SupplyParameterFromQuery] private bool Keep { get; set; }

    [SupplyParameterFromQuery] private bool Recovery { get; set; }

    [Inject] private SignInDesk Desk { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private string Here => Http.Request.Path + Http.Request.QueryString;

    /// <summary>Address of the page.</summary>
    /// <param name="returnTo">Where to go on afterwards.</param>
    /// <param name="keep">Whether the session outlives the browser.</param>
    /// <param name="recovery">Whether a recovery code is asked for.</param>
    internal static string Link(string? returnTo, bool keep, bool recovery = false) =>
        $"/account/second-factor?keep={(keep ? "true" : "false")}&recovery={(recovery ? "true" : "false")}&{AccountAuthentication.ReturnParameter}={Uri.EscapeDataString(WebShell.LocalOrHome(returnTo))}";

    private async Task TryAsync()
    {
        switch (await Desk.WithCodeAsync(_form?.Code ?? "", Recovery, Keep))
        {
            case SignInOutcome.Done:
                Navigation.NavigateTo(WebShell.LocalOrHome(ReturnTo));
                break;
            case SignInOutcome.Locked:
                _faults = ["SignInLocked"];
                break;
            case SignInOutcome.TooMany:
                _faults = ["SignInTooMany"];
                break;
            default:
                _faults = ["CodeWrong"];
                break;
        }
    }

    private sealed class Form
    {
        public string? Code { get; set; }
    }
}
