using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Incidents.Components;

/// <summary>
/// Saved filters as links, and the form that saves, renames and removes them. The address stays the truth of what is shown: a
/// filter is current when the address says the same.
/// </summary>
public sealed partial class SavedFilterBar
{
    private IReadOnlyList<SavedFilter> _filters = [];
    private Form _form;
    private string? _me;
    private string? _name;
    private string? _fault;
    private bool _share;
    private bool _administers;
    private bool _busy;

    private enum Form
    {
        None,
        Save,
        Rename,
        Delete,
    }

    /// <summary>What follows the question mark in the list's address, as the address itself writes it, without a page.</summary>
    [Parameter, EditorRequired]
    public string Conditions { get; set; } = "";

    /// <summary>Whether there is something to save: a condition, an order, a figure.</summary>
    [Parameter, EditorRequired]
    public bool CanSave { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private SavedFilter? Current => _filters.FirstOrDefault(filter => filter.Query == Conditions);

    private SavedFilter? Own => Current is { } current && current.ActorId == _me ? current : null;

    private bool Overwrites => _form == Form.Save && _filters.Any(filter => filter.ActorId == _me && filter.Name == _name?.Trim());

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        _administers = (await Authorization.AuthorizeAsync(user, Policies.Administer)).Succeeded;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (Actor.From((await Authentication).User) is { } actor)
        {
            (_me, _filters) = (actor.Id, await Filters.ListAsync(actor));
        }
    }

    private void Open(Form form)
    {
        (_form, _fault, _share) = (form, null, false);
        _name = form == Form.Rename ? Own?.Name : null;
    }

    private async Task SubmitAsync()
    {
        if (_busy || Actor.From((await Authentication).User) is not { } actor)
        {
            return;
        }

        (_busy, _fault) = (true, null);
        try
        {
            switch (_form)
            {
                case Form.Save:
                    await Filters.SaveAsync(actor, _name, Conditions, _share && _administers);
                    break;
                case Form.Rename when Own is { } own:
                    await Filters.RenameAsync(actor, own.Id, _name);
                    break;
                case Form.Delete when Own is { } own:
                    await Filters.DeleteAsync(actor, own.Id);
                    break;
                default:
                    break;
            }

            _form = Form.None;
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
}
