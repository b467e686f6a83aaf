using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>All about one item: facts, what blocks it, the day to enter or correct, and every revision that there was.</summary>
public sealed partial class ItemPanel : IDisposable
{
    private readonly ComponentLifetime _life = new();
    private IReadOnlyList<CampaignEntry> _history = [];
    private ElementReference _title;
    private DateOnly? _day;
    private string? _item;
    private long _known = -1;

    /// <summary>What the campaign is.</summary>
    [Parameter, EditorRequired]
    public CampaignDefinition Definition { get; set; } = default!;

    /// <summary>The item as it stands.</summary>
    [Parameter, EditorRequired]
    public ItemStanding Standing { get; set; } = default!;

    /// <summary>Newest revision of each of its days.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<CampaignEntry> Entries { get; set; } = [];

    /// <summary>Today by the district's calendar.</summary>
    [Parameter, EditorRequired]
    public DateOnly Today { get; set; }

    /// <summary>Raised when it shall close.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private CampaignItem Item => Standing.Item;

    /// <summary>Takes the focus, for somebody who opened it.</summary>
    public ValueTask FocusAsync() => _title.FocusAsync();

    /// <inheritdoc/>
    public void Dispose() => _life.Dispose();

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var revisions = Entries.Sum(entry => (long)entry.Revision);
        if (_item == Item.Code && _known == revisions)
        {
            return;
        }

        if (_item != Item.Code)
        {
            (_item, _history, _day) = (Item.Code, [], null);
        }

        _known = revisions;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (Actor.From((await Authentication).User) is not { } actor)
        {
            return;
        }

        var item = Item.Code;
        try
        {
            var history = await Desk.HistoryAsync(Definition.Code, item, actor, _life.Token);
            _history = item == Item.Code ? history : _history;
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            // The page has gone.
        }
    }

    private Task CloseOnEscape(KeyboardEventArgs key) => key.Key == "Escape" ? OnClose.InvokeAsync() : Task.CompletedTask;

    private IEnumerable<(string Label, string Value)> Facts()
    {
        yield return ("FactPlace", Words.Place(Item));
        yield return ("FactLead", Words.Lead(Item));
        if (Item.Helpers.Count > 0)
        {
            yield return ("FactHelpers", string.Join(Text["Comma"], Item.Helpers.Select(Words.Department)));
        }

        yield return ("FactTotals", string.Join(Text["Comma"], Definition.Measures.Where(measure => Item.Total(measure.Code) > 0).Select(measure => $"{measure.Name.Here} {PageWords.Amount(Item.Total(measure.Code), measure)}")));
        if (Item.PlannedFrom is not null || Item.PlannedTo is not null)
        {
            yield return ("FactPlanned", Text["Span", PageWords.Day(Item.PlannedFrom), PageWords.Day(Item.PlannedTo)]);
        }

        yield return ("FactActual", Standing.FirstDay is null ? Text["NotBegun"] : Text["Span", PageWords.Day(Standing.FirstDay), Standing.DoneDay is { } done ? PageWords.Day(done) : Text["Running"].Value]);
        if (Text[$"Source.{Item.Source}"] is { ResourceNotFound: false } source)
        {
            yield return ("FactSource", source);
        }
    }
}
