using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Ui.Live;
using HongqiaoDashboard.Ui.Map;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Grids.Pages;

/// <summary>
/// The grids of an edition on a map and as a tree. What is shown stands in the address (<c>?edition=ID&amp;code=CODE</c>), so
/// that other pages can link to a grid; without an edition it is the one in force, and follows it.
/// </summary>
public sealed partial class GridsPage
{
    private const int SearchLimit = 50;
    private const string NoFact = "MapFactNone";

    private static readonly GridTier[] Tiers = Enum.GetValues<GridTier>();

    private readonly ComponentLifetime _life = new();
    private List<IGridFact> _facts = [];
    private Dictionary<string, IReadOnlyDictionary<string, long>> _counts = [];
    private IGridFact? _fact;
    private GridEdition _edition = default!;
    private GridUnit _selected = default!;
    private MapOptions _mapOptions = default!;
    private LeafletMap? _map;
    private string? _query;
    private IReadOnlyList<GridUnit>? _found;
    private bool _moveMap;

    /// <summary>Id of the edition to show; null or unknown for the one in force.</summary>
    [SupplyParameterFromQuery(Name = "edition")]
    public string? EditionId { get; set; }

    /// <summary>Code of the grid to show; null or unknown for the district.</summary>
    [SupplyParameterFromQuery(Name = "code")]
    public string? Code { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _facts = [.. Facts.OrderBy(fact => fact.Order).ThenBy(fact => fact.Key, StringComparer.Ordinal)];
        _counts = _facts.ToDictionary(fact => fact.Key, IReadOnlyDictionary<string, long> (_) => new Dictionary<string, long>());
        _fact = _facts.FirstOrDefault();
        _moveMap = Code is not null;
        Grids.EditionsChanged += OnEditionsChanged;
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var edition = Grids.Editions.FirstOrDefault(edition => edition.Id == EditionId) ?? Grids.Current;
        var isOther = edition != _edition;
        _edition = edition;
        _selected = edition.Find(Code) ?? edition.Root;
        if (isOther)
        {
            _mapOptions = MapOf(edition);
            Search(_query);
            await CountAsync();
        }

        await MarkAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Grids.EditionsChanged -= OnEditionsChanged;
        _life.Dispose();
    }

    private MapOptions MapOf(GridEdition edition)
    {
        GeoJsonDataLayer Layer(GridTier tier, string kind, double weight) => new($"/api/grids/{edition.Id}/{tier.Slug()}.geojson", kind) { Weight = weight };
        var bounds = edition.Bounds;
        return new MapOptions(bounds.MinLatitude, bounds.MinLongitude, bounds.MaxLatitude, bounds.MaxLongitude,
        [
            Layer(GridTier.Basic, "fill", 0.5),
            Layer(GridTier.Community, "line", 0.8),
            Layer(GridTier.Street, "line", 2),
            Layer(GridTier.District, "line", 3),
        ])
        {
            ZoomControl = true,
            Legend = _facts.Count > 0 ? new MapLegend(Text["Legend"]) : null,
        };
    }

    private async Task CountAsync()
    {
        if (_life.HasEnded)
        {
            return;
        }

        var cancellation = _life.Token;
        var scope = Actor.From((await Authentication).User)?.ScopeCode;
        foreach (var fact in _facts)
        {
            _counts[fact.Key] = await fact.CountAsync(_edition, scope, cancellation);
        }
    }

    private async Task DrawAsync()
    {
        await PaintAsync();
        await MarkAsync();
    }

    private async Task MarkAsync()
    {
        if (_map is not null)
        {
            // The district is the map itself: nothing to mark, only to go back to.
            await _map.MarkAsync(_selected.Tier == GridTier.District ? null : _selected.Code, _moveMap);
            _moveMap = false;
        }
    }

    private async Task PaintAsync()
    {
        if (_map is not null)
        {
            var counts = _fact is null ? null : _counts[_fact.Key];
            await _map.SetValuesAsync(_edition.Units.Where(unit => unit.Tier == GridTier.Basic)
                .ToDictionary(unit => unit.Code, unit => (double)(counts?.GetValueOrDefault(unit.Code) ?? 0)));
        }
    }

    private Task ColourAsync(IGridFact? fact)
    {
        _fact = fact;
        return PaintAsync();
    }

    private void Search(string? text)
    {
        _query = text;
        _found = string.IsNullOrWhiteSpace(text) ? null : _edition.Search(text, SearchLimit);
    }

    private void Choose(string code)
    {
        _moveMap = true;
        Go(new Dictionary<string, object?> { ["code"] = code });
    }

    private void ChooseOnMap(string code) => Go(new Dictionary<string, object?> { ["code"] = code });

    private void ShowEdition(GridEdition edition) => Go(new Dictionary<string, object?> { ["edition"] = edition.Id });

    private void Go(Dictionary<string, object?> query) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query), replace: true);

    private void OnEditionsChanged() => _ = InvokeAsync(FollowAsync);

    private async Task FollowAsync()
    {
        try
        {
            await OnParametersSetAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            // The page has gone while it counted.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private IEnumerable<(GridTier Tier, int Count)> CountsBelow() =>
        from tier in Tiers
        where tier > _selected.Tier
        select (tier, _edition.Units.Count(unit => unit.Tier == tier && _edition.Covers(_selected.Code, unit.Code)));

    private string NameOf(Enum member) => Text.Name(member);

    private static string NameOf(GridEdition edition) =>
        System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? edition.Name : edition.EnglishName;

    private string AreaOf(GridUnit unit) =>
        unit.AreaSquareMetres >= 1e6 ? Text["AreaSquareKilometres", unit.AreaSquareMetres / 1e6] : Text["AreaHectares", unit.AreaSquareMetres / 1e4];

    private string StateOf(GridEdition edition) =>
        edition == Grids.Current ? "InForce" : edition.EffectiveFrom > edition.TimeZone.DayOf(Time.GetUtcNow()) ? "Future" : "Past";
}
