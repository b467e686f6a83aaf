using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace HongqiaoDashboard.Features.Incidents.Pages;

/// <summary>The list of cases. What it shows stands in the address and nowhere else.</summary>
public sealed partial class CaseListPage
{
    private static readonly string[] SortKeys = [.. Enum.GetNames<IncidentOrder>().SelectMany(order => (string[])[order + ".desc", order + ".asc"])];

    private readonly ComponentLifetime _life = new();
    private CaseListAddress _address = new();
    private IReadOnlyList<string> _ignored = [];
    private IncidentPage? _page;
    private bool _loading;
    private int _load;
    private readonly HashSet<string> _chosen = new(StringComparer.Ordinal);
    private IReadOnlyList<BulkOutcome> _outcomes = [];
    private bool _mayWork;
    private bool _personal;

    [Inject]
    private IIncidentReader Reader { get; set; } = default!;

    [Inject]
    private IIncidentCatalog Catalog { get; set; } = default!;

    [Inject]
    private IEnumerable<ICaseSelection> Selections { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    // Only what is on the page: whoever moves many cases has them before their eyes, in the version that is shown.
    private List<IncidentListItem> Chosen => _page is null ? [] : [.. _page.Items.Where(item => _chosen.Contains(item.Number))];

    private string SortKey => $"{_address.Query.Order}.{(_address.Query.Descending ? "desc" : "asc")}";

    private string Clear => new CaseListAddress { Kpi = _address.Kpi, Period = _address.Period, Part = _address.Part }.ToString();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnLocationChanged;
        _mayWork = (await Authorization.AuthorizeAsync((await Authentication).User, Policies.WorkCases)).Succeeded;
        Read();
        await LoadAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _life.Dispose();
    }

    // The page's parameters do not change with the query, so the router does not say so: the address itself is heard.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath.Equals(CaseAddress.List, StringComparison.OrdinalIgnoreCase))
        {
            _ = InvokeAsync(FollowAsync);
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            _chosen.Clear();
            Read();
            await LoadAsync();
            StateHasChanged();
        }
        catch (Exception e)
        {
            // Nobody awaits this: the layout's boundary shows what it fails with.
            await DispatchExceptionAsync(e);
        }
    }

    private void Read()
    {
        _address = CaseListAddress.Read(Navigation.Uri, Catalog);
        _ignored = _address.Ignored;
        if (_address.WasPersonal)
        {
            // Out of the address bar and the history, at once; what was asked is not told again.
            _personal = true;
            Navigation.NavigateTo((_address with { Ignored = [] }).ToString(), replace: true);
        }

        if (_address is not { Kpi: null, Period: null, Part: null })
        {
            var selection = _address is { Kpi: { } kpi, Period: { } period } ? Select(kpi, period, _address.Part) : null;
            _address = _address with { Query = _address.Query with { Selection = selection } };
            if (selection is null)
            {
                _ignored = [.. _ignored, .. Said("kpi", _address.Kpi), .. Said("period", _address.Period), .. Said("part", _address.Part)];
            }
        }
    }

    private static IEnumerable<string> Said(string name, string? value) => value is null ? [] : [$"{name}={value}"];

    private CaseSelection? Select(string kpi, string period, string? part)
    {
        var now = Time.GetUtcNow();
        foreach (var slot in Selections)
        {
            if (slot.TrySelect(kpi, period, part, now, out var selection))
            {
                return selection;
            }
        }

        return null;
    }

    private async Task LoadAsync()
    {
        var load = ++_load;
        _loading = true;
        StateHasChanged();
        var actor = Actor.From((await Authentication).User)!;
        try
        {
            var page = await Reader.SearchAsync(_address.Query, actor, _life.Token);
            // Only the latest question is answered: an earlier one may take longer.
            if (load == _load)
            {
                _page = page;
                _loading = false;
            }
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            // Whoever asked has gone.
        }
    }

    private void Change(Func<IncidentQuery, IncidentQuery> change)
    {
        _personal = false;
        Navigation.NavigateTo(Link(change));
    }

    private void Pick(string number)
    {
        if (!_chosen.Remove(number))
        {
            _chosen.Add(number);
        }
    }

    private void PickAll()
    {
        var all = _page!.Items.Select(item => item.Number).ToList();
        if (all.TrueForAll(_chosen.Contains))
        {
            _chosen.Clear();
        }
        else
        {
            _chosen.UnionWith(all);
        }
    }

    private async Task ShowAsync(IReadOnlyList<BulkOutcome> outcomes)
    {
        _outcomes = outcomes;
        _chosen.Clear();
        await LoadAsync();
    }

    private string Link(Func<IncidentQuery, IncidentQuery> change) => _address.With(change).ToString();

    private void Sort(string? key)
    {
        if (key?.Split('.') is [var order, var direction])
        {
            Change(q => q with { Order = Enum.Parse<IncidentOrder>(order), Descending = direction == "desc" });
        }
    }

    private string SortLink(IncidentOrder order) => Link(q => q with
    {
        Order = order,
        Descending = q.Order == order ? !q.Descending : order != IncidentOrder.Due,
    });

    private string? AriaSort(IncidentOrder order) =>
        _address.Query.Order != order ? null : _address.Query.Descending ? "descending" : "ascending";

    private string Arrow(IncidentOrder order) => _address.Query.Order != order ? "" : _address.Query.Descending ? " ↓" : " ↑";

    private RenderFragment PageLink(int page, string sign, string label, bool there) => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "aria-label", label);
        builder.AddAttribute(2, "title", label);
        // An anchor without an address is not a link: it takes no focus and leads nowhere.
        builder.AddAttribute(3, "href", there ? _address.At(page).ToString() : null);
        builder.AddAttribute(4, "aria-disabled", there ? null : "true");
        builder.AddContent(5, sign);
        builder.CloseElement();
    };
}
