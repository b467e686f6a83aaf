using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Ui.Reference;
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
    private IReadOnlyList<VersionRow> _history = [];
    private HashSet<(CatalogPart, string)> _changed = [];
    private CatalogDocument _draft = default!;
    private (int Version, CatalogDocument Document)? _viewed;
    private CatalogPlace? _chosen;
    private string? _open;
    private string? _problem;
    private string? _refused;
    private int _base;
    private int? _published;
    private bool _departments;
    private bool _overtaken;
    private bool _isBusy;

    [Inject]
    private CaseWords Words { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private bool IsReadOnly => _viewed is not null;

    private CatalogDocument Shown => _viewed?.Document ?? _draft;

    private CatalogDocument Before { get; set; } = default!;

    private IReadOnlyList<string> Changes { get; set; } = [];

    private IReadOnlyList<string> Faults { get; set; } = [];

    private object? Chosen => _chosen switch
    {
        { Part: CatalogPart.Department } place => Shown.Department(place.Code),
        { Part: CatalogPart.Category } place => Shown.Category(place.Code),
        { } place => Shown.Type(place.Code),
        null => null,
    };

    private bool IsNew => _chosen is { } place && !Has(Before, place.Part, place.Code);

    /// <inheritdoc/>
    public void Dispose() => Book.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Book.Changed += OnChanged;
        Begin();
    }

    // Somebody else published. A page without changes follows; one with changes keeps them and says so.
    private void OnChanged() => _ = InvokeAsync(() =>
    {
        if (_isBusy)
        {
            return;
        }

        if (Changes.Count == 0)
        {
            Begin();
        }
        else
        {
            _overtaken = Book.InForce.Version != _base;
        }

        StateHasChanged();
    });

    private static bool Has(CatalogDocument catalog, CatalogPart part, string code) => part switch
    {
        CatalogPart.Department => catalog.Department(code) is not null,
        CatalogPart.Category => catalog.Category(code) is not null,
        _ => catalog.Type(code) is not null,
    };

    private void Begin()
    {
        (_base, var catalog) = Book.InForce;
        (_problem, _refused, _overtaken, _viewed, Before) = (null, null, false, null, catalog.Document);
        _history = [.. Book.History().Select(entry => new VersionRow(entry.Version, entry.At, entry.ActorName, entry.Note, entry.ActorName == Actor.System.Name))];
        Edit(Before);
    }

    private void Edit(CatalogDocument draft)
    {
        _draft = draft;
        var changes = CatalogChanges.Between(Before, draft);
        _changed = [.. changes.Select(change => (change.Place.Part is CatalogPart.Attribute or CatalogPart.Value ? CatalogPart.Type : change.Place.Part, change.Place.Code))];
        Changes = [.. changes.Select(change => CatalogWords.Change(change, draft))];
        Faults = changes.Count == 0 ? [] : [.. CatalogFaults.OfSuccessor(draft, Before).Select(fault => CatalogWords.Fault(fault, draft))];
        (_refused, _published) = (null, changes.Count > 0 ? null : _published);
    }

    // A code that is taken would put one thing in the place of another.
    private void Put(string code, Func<CatalogDocument, CatalogDocument> change)
    {
        if (code != _chosen!.Code && Has(_draft, _chosen.Part, code))
        {
            _refused = Text["CatalogTwice"];
            return;
        }

        Edit(change(_draft));
        _chosen = _chosen with { Code = code };
    }

    private void Turn(bool departments) => (_departments, _chosen, _refused) = (departments, null, null);

    private void Choose(CatalogPlace place) => (_chosen, _refused) = (place, null);

    private void Add()
    {
        if (_departments)
        {
            var code = Enumerable.Range(1, 999).Select(number => $"dept{number}").First(code => _draft.Department(code) is null);
            Edit(_draft.With(code, new Department(code, "", "")));
            Choose(new(CatalogPart.Department, code));
        }
        else
        {
            var code = _draft.NextCategoryCode();
            Edit(_draft.With(code, new IncidentCategory(code, "", "", false, false, [])));
            Choose(new(CatalogPart.Category, code));
            _open = code;
        }
    }

    private void AddType(IncidentCategory category)
    {
        var code = _draft.NextTypeCode(category.Code);
        var department = _draft.Departments.FirstOrDefault(department => !department.Ended)?.Code ?? "";
        Edit(_draft.With(code, new IncidentType(code, category.Code, "", "", "", "", IncidentSeverity.Ordinary, department, [], [])));
        Choose(new(CatalogPart.Type, code));
    }

    private void Remove()
    {
        Edit(_draft.Without(_chosen!));
        _chosen = null;
    }

    private void View(int version)
    {
        _viewed = version != _base && Book.Find(version) is { } catalog ? (version, catalog.Document) : null;
        _refused = null;
    }

    private async Task PublishAsync(string note)
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _problem) = (true, null);
        try
        {
            var user = (await Authentication).User;
            if (!(await Authorization.AuthorizeAsync(user, Policies.Administer)).Succeeded || Actor.From(user) is not { } actor)
            {
                _problem = Text["Catalog.NotAuthorized"];
                return;
            }

            _published = await Book.PublishAsync(_draft, _base, note, actor);
            Begin();
        }
        catch (RefusedException refused)
        {
            _problem = Words.Sentence(refused.Refusal);
            _overtaken = refused.Refusal.Code == "ChangedMeanwhile";
        }
        catch (StorageUnavailableException)
        {
            _problem = Text["StorageUnavailable"];
        }
        finally
        {
            _isBusy = false;
        }
    }
}
