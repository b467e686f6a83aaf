using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Platform.Interop;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace HongqiaoDashboard.Features.Grids.Components;

/// <summary>The grids of an edition as a tree; a level is filled when its parent is opened.</summary>
public sealed partial class GridTree
{
    private List<TreeItemData<string>> _roots = [];
    private GridEdition? _shownEdition;
    private string? _revealed;
    private bool _scroll;
    private ElementReference _host;
    private JsPart? _scroller;
    private bool _there;

    /// <summary>The edition.</summary>
    [Parameter, EditorRequired]
    public GridEdition Edition { get; set; } = default!;

    /// <summary>What the tree is, for those who do not see it.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>Code of the chosen grid; the tree opens as far as needed to show it.</summary>
    [Parameter]
    public string? Selected { get; set; }

    /// <summary>Raised with the code of a grid that was clicked.</summary>
    [Parameter]
    public EventCallback<string> SelectedChanged { get; set; }

    /// <summary>Counts to show at the grids, by code; null shows none.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, long>? Counts { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shownEdition, Edition))
        {
            (_shownEdition, _revealed) = (Edition, null);
            _roots = [NodeOf(Edition.Root)];
            Open(_roots[0]);
        }

        if (_revealed != Selected)
        {
            _revealed = Selected;
            _scroll = true;
            Reveal();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _scroller = new JsPart(Js, "./Features/Grids/Components/GridTree.razor.js");
            _there = await _scroller.CreateAsync("create", _host);
        }

        if (_there && _scroll)
        {
            _scroll = false;
            await _scroller!.TryInvokeAsync("showSelected");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _scroller?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Reveal()
    {
        ITreeItemData<string> node = _roots[0];
        foreach (var unit in Selected is null ? [] : Edition.Path(Selected).Skip(1))
        {
            Open(node);
            node = node.Children!.First(child => child.Value == unit.Code);
        }
    }

    private void Open(ITreeItemData<string> node)
    {
        node.Children ??= ChildrenOf(node.Value!);
        node.Expanded = true;
    }

    private Task<IReadOnlyCollection<TreeItemData<string>>> LoadAsync(string? code) =>
        Task.FromResult<IReadOnlyCollection<TreeItemData<string>>>(ChildrenOf(code!));

    private List<TreeItemData<string>> ChildrenOf(string code) => [.. Edition.Children(code).Select(NodeOf)];

    private TreeItemData<string> NodeOf(GridUnit unit) => new()
    {
        Value = unit.Code,
        Text = unit.Name,
        Expandable = !Edition.Children(unit.Code).IsEmpty,
    };

    private string? CountOf(string? code) =>
        Counts is null ? null : Counts.GetValueOrDefault(code ?? "").ToString("N0", CultureInfo.CurrentCulture);

    // The tree lets go of a choice when it is clicked again; here one grid stays chosen.
    private Task ChooseAsync(string? code) => code is null ? Task.CompletedTask : SelectedChanged.InvokeAsync(code);
}
