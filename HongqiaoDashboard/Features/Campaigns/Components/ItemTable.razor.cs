using HongqiaoDashboard.Features.Campaigns.Contracts;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>The items of a campaign: chosen and ordered by whoever looks, with stage bars, what blocks them and their flags.</summary>
public sealed partial class ItemTable
{
    private const int Page = 30;

    private readonly Dictionary<string, ElementReference> _buttons = [];
    private ItemFilter _filter = new();
    private IReadOnlyList<ItemStanding> _shown = [];
    private List<(string Code, string Name)> _streets = [];
    private List<string> _kinds = [];
    private CampaignPicture? _read;
    private int _most = Page;

    /// <summary>The campaign as it is shown.</summary>
    [Parameter, EditorRequired]
    public CampaignPicture Picture { get; set; } = default!;

    /// <summary>Code of the item whose panel is open; null for none.</summary>
    [Parameter]
    public string? Selected { get; set; }

    /// <summary>Raised with the code of the item to open.</summary>
    [Parameter]
    public EventCallback<string> OnOpen { get; set; }

    private CampaignDefinition Definition => Picture.Definition;

    private CampaignMeasure Leading => Definition.Leading;

    private IEnumerable<ItemState> States => Enum.GetValues<ItemState>().Where(state => state != ItemState.Flagged || Definition.Relapse is not null);

    private IEnumerable<(ItemOrder Order, string Name)> Columns
    {
        get
        {
            yield return (ItemOrder.Code, Definition.ItemWord.Here);
            yield return (ItemOrder.Street, Text["ColumnStreet"]);
            yield return (ItemOrder.Progress, Text["ColumnProgress"]);
            yield return Definition.WholeItems ? (ItemOrder.DoneDay, Definition.Stages[Definition.StageIndex(Definition.DoneStage)].Name.Here) : (ItemOrder.Left, Text["ColumnLeft"]);

            yield return (ItemOrder.Trouble, Text[Definition.Relapse is null ? "ColumnBlockers" : "ColumnTrouble"]);
            yield return (ItemOrder.LastDay, Text["ColumnLast"]);
        }
    }

    /// <summary>Puts the focus on the row of an item, if it is shown.</summary>
    /// <param name="item">Item code.</param>
    public ValueTask FocusAsync(string item) =>
        _shown.Take(_most).Any(standing => standing.Item.Code == item) && _buttons.TryGetValue(item, out var button) ? button.FocusAsync() : ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_read, Picture))
        {
            return;
        }

        if (_read is null && !Definition.WholeItems)
        {
            // Where most is left comes first until somebody wants another order.
            _filter = _filter with { Order = ItemOrder.Left, Descending = true };
        }

        _read = Picture;
        _streets = [.. Picture.Items.Select(standing => standing.Item).DistinctBy(PageWords.StreetCode).Select(item => (PageWords.StreetCode(item), Words.Street(item))).OrderBy(street => street.Item1, StringComparer.Ordinal)];
        _kinds = [.. Picture.Items.Select(standing => standing.Item.Kind).Where(kind => kind.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        Filter(_filter);
    }

    private void Filter(ItemFilter filter) => (_filter, _shown) = (filter, filter.Of(Picture));

    // The first click on a column puts what deserves a look first: the least done, the most left, the most trouble.
    private void Sort(ItemOrder order) => Filter(_filter with
    {
        Order = order,
        Descending = _filter.Order == order ? !_filter.Descending : order is ItemOrder.Left or ItemOrder.DoneDay or ItemOrder.Trouble or ItemOrder.LastDay,
    });

    private string Sorted(ItemOrder order) => _filter.Order != order ? "none" : _filter.Descending ? "descending" : "ascending";

    private static string Value(ChangeEventArgs change) => change.Value as string ?? "";
}
