using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Data.Sqlite;

namespace HongqiaoDashboard.Features.Incidents.Components;

/// <summary>
/// The reporter's contact, masked; in clear after a reason was given and logged, and only as long as this component stays
/// on this case. Nothing of it goes into an address or a log line.
/// </summary>
public sealed partial class CaseContact : IDisposable
{
    private readonly ComponentLifetime _life = new();
    private ContactGlimpse? _glimpse;
    private ReporterContact? _plain;
    private string? _number;
    private string _reason = "";
    private string? _fault;
    private bool _asking;
    private bool _busy;

    /// <summary>Number of the case.</summary>
    [Parameter, EditorRequired]
    public string Number { get; set; } = "";

    /// <summary>Raised when the case should be read again: its log has grown.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private IIncidentContacts Contacts { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Dispose();
        Hide();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_number == Number)
        {
            return;
        }

        var number = _number = Number;
        _glimpse = null;
        Hide();
        if (await WorkerAsync() is not { } actor)
        {
            return;
        }

        try
        {
            var glimpse = await Contacts.LookAsync(number, actor, _life.Token);
            _glimpse = number == Number ? glimpse : _glimpse;
        }
        catch (OperationCanceledException)
        {
            // The page has gone.
        }
        catch (SqliteException)
        {
            _number = null;
        }
    }

    private IEnumerable<(string Label, string Value)> Shown(ContactGlimpse masked)
    {
        var (name, phone, email) = _plain is { } plain ? (ContactMask.NameOf(plain), plain.Phone, plain.Email) : (masked.Name, masked.Phone, masked.Email);
        return new[] { ("Contact.Name", name), ("Contact.Phone", phone), ("Contact.Email", email) }
            .Where(line => !string.IsNullOrWhiteSpace(line.Item2)).Select(line => (line.Item1, line.Item2!));
    }

    private void Ask() => (_asking, _fault) = (true, null);

    private void Hide() => (_plain, _asking, _fault, _reason) = (null, false, null, "");

    private async Task RevealAsync()
    {
        if (_busy)
        {
            return;
        }

        var number = Number;
        (_busy, _fault) = (true, null);
        try
        {
            if (await WorkerAsync() is not { } actor)
            {
                _fault = Text["NotAuthorized"];
                return;
            }

            var plain = await Contacts.RevealAsync(number, _reason ?? "", actor, _life.Token);
            if (number == Number && !_life.HasEnded)
            {
                Hide();
                _plain = plain;
                await OnChanged.InvokeAsync();
            }
        }
        catch (RefusedException refused)
        {
            _fault = Words.Sentence(refused.Refusal);
        }
        catch (Exception e) when (e is StorageUnavailableException or SqliteException)
        {
            _fault = Text["StorageUnavailable"];
        }
        catch (OperationCanceledException)
        {
            // The page has gone.
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<Actor?> WorkerAsync()
    {
        var user = (await Authentication).User;
        return (await Authorization.AuthorizeAsync(user, Policies.WorkCases)).Succeeded ? Actor.From(user) : null;
    }
}
