using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Components.Catalog;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Incidents.Pages.Admin;

/// <summary>
/// Categories, types and departments. What is changed is a draft of this page until it is published as the next version;
/// what a version has had is ended and never removed, because cases name it.
/// </summary>
public sealed partial class CatalogPage
{
    private HashSet<(CatalogPart, string)> _changed = [];
    private CatalogDraft _draft = default!;
    private CatalogPlace? _chosen;
    private string? _open;
    private string? _refused;
    private bool _departments;

    [Inject]
    private CatalogBook Book { get; set; } = default!;

    [Inject]
    private CaseWords Words { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private object? Chosen => _chosen switch
    {
        { Part: CatalogPart.Department } place => _draft.Shown.Department(place.Code),
        { Part: CatalogPart.Category } place => _draft.Shown.Category(place.Code),
        { } place => _draft.Shown.Type(place.Code),
        null => null,
    };

    private bool IsNew => _chosen is { } place && !Has(_draft.Before, place.Part, place.Code);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _draft = new CatalogDraft(Book, CatalogWords);
        _draft.Turned += Turn;
        _draft.Begin();
        await FollowAsync((changed, _) => Task.FromResult(_draft.Follow(changed)), CatchUpAsync);
        // What was published between the two.
        _draft.CatchUp();
    }

    private static bool Has(CatalogDocument catalog, CatalogPart part, string code) => part switch
    {
        CatalogPart.Department => catalog.Department(code) is not null,
        CatalogPart.Category => catalog.Category(code) is not null,
        _ => catalog.Type(code) is not null,
    };

    private Task CatchUpAsync()
    {
        _draft.CatchUp();
        StateHasChanged();
        return Task.CompletedTask;
    }

    private void Turn()
    {
        _refused = null;
        _changed = [.. CatalogChanges.Between(_draft.Before, _draft.Value).Select(change => (change.Place.Part is CatalogPart.Attribute or CatalogPart.Value ? CatalogPart.Type : change.Place.Part, change.Place.Code))];
    }

    // A code that is taken would put one thing in the place of another.
    private void Put(string code, Func<CatalogDocument, CatalogDocument> change)
    {
        if (code != _chosen!.Code && Has(_draft.Value, _chosen.Part, code))
        {
            _refused = Text["CatalogTwice"];
            return;
        }

        _draft.Edit(change(_draft.Value));
        _chosen = _chosen with { Code = code };
    }

    private void Switch(bool departments) => (_departments, _chosen, _refused) = (departments, null, null);

    private void Choose(CatalogPlace place) => (_chosen, _refused) = (place, null);

    private void Add()
    {
        if (_departments)
        {
            var code = Enumerable.Range(1, 999).Select(number => $"dept{number}").First(code => _draft.Value.Department(code) is null);
            _draft.Edit(_draft.Value.With(code, new Department(code, "", "")));
            Choose(new(CatalogPart.Department, code));
        }
        else
        {
            var code = _draft.Value.NextCategoryCode();
            _draft.Edit(_draft.Value.With(code, new IncidentCategory(code, "", "", false, false, [])));
            Choose(new(CatalogPart.Category, code));
            _open = code;
        }
    }

    private void AddType(IncidentCategory category)
    {
        var code = _draft.Value.NextTypeCode(category.Code);
        var department = _draft.Value.Departments.FirstOrDefault(department => !department.Ended)?.Code ?? "";
        _draft.Edit(_draft.Value.With(code, new IncidentType(code, category.Code, "", "", "", "", IncidentSeverity.Ordinary, department, [], [])));
        Choose(new(CatalogPart.Type, code));
    }

    private void Remove()
    {
        _draft.Edit(_draft.Value.Without(_chosen!));
        _chosen = null;
    }

    private Task PublishAsync(string note) => _draft.PublishAsync(note, async () => await Authorization.ActorAsync((await Authentication).User, Policies.Administer));
}
