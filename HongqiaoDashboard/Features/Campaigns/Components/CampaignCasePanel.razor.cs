using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>On the page of a case: in the way of which items it stands, and beside which ones it says that it begins again.</summary>
public sealed partial class CampaignCasePanel
{
    private const int MostFound = 20;

    private ICampaignSubscription? _campaigns;
    private IReadOnlyList<Row> _rows = [];
    private string? _campaign;
    private CampaignItem? _item;
    private string? _fault;
    private bool _worker;
    private bool _asking;
    private bool _busy;

    /// <summary>Number of the case.</summary>
    [Parameter, EditorRequired]
    public string Number { get; set; } = "";

    [Inject]
    private ICampaignFeed Feed { get; set; } = default!;

    [Inject]
    private ICampaignDesk Desk { get; set; } = default!;

    [Inject]
    private CampaignWords Words { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private IReadOnlyList<CampaignPicture> Pictures => _campaigns?.Current ?? [];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        _worker = (await Authorization.AuthorizeAsync(user, Policies.WorkCases)).Succeeded;
        if (Actor.From(user) is { } actor)
        {
            _campaigns = await FollowAsync((changed, gone) => Feed.SubscribeAsync(actor, changed, gone), ShowAsync);
            Read();
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Read();

    private Task ShowAsync()
    {
        Read();
        StateHasChanged();
        return Task.CompletedTask;
    }

    private void Read() => _rows =
    [
        .. from picture in Pictures
           from standing in picture.Items
           let blocks = standing.Blockers.Any(blocker => blocker.Number == Number)
           let relapse = standing.Relapses.FirstOrDefault(relapse => relapse.Number == Number)
           from row in new[]
           {
               blocks ? new Row(picture.Definition, standing.Item, true, 0) : null,
               relapse is null ? null : new Row(picture.Definition, standing.Item, false, relapse.Metres),
           }
           where row is not null
           select row,
    ];

    private string? NameOf(string? campaign) =>
        Pictures.FirstOrDefault(picture => picture.Definition.Code == campaign)?.Definition is { } found ? new CampaignWord(found.Name, found.NameEn).Here : campaign;

    private void Choose(string? campaign) => (_campaign, _item) = (campaign, null);

    private Task<IEnumerable<CampaignItem>> FindAsync(string? words, CancellationToken cancellation) => Task.FromResult(
        Pictures.FirstOrDefault(picture => picture.Definition.Code == _campaign)?.Items.Select(standing => standing.Item)
            .Where(item => string.IsNullOrWhiteSpace(words) || item.Name.Contains(words, StringComparison.OrdinalIgnoreCase) || item.Code.Contains(words, StringComparison.OrdinalIgnoreCase))
            .Take(MostFound) ?? []);

    private Task SubmitAsync() => _campaign is { } campaign && _item is { } item ? LinkAsync(campaign, item.Code, true) : Task.CompletedTask;

    private async Task LinkAsync(string campaign, string item, bool blocks)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _fault) = (true, null);
        try
        {
            // Asked now, whatever was known when the page was opened.
            if (await Authorization.ActorAsync((await Authentication).User, Policies.WorkCases) is { } actor)
            {
                await Desk.LinkAsync(campaign, item, Number, blocks, actor, Gone);
                (_asking, _item) = (false, null);
            }
            else
            {
                _fault = Text["MayNotWork"];
            }
        }
        catch (RefusedException refused)
        {
            _fault = Words.Of(refused.Refusal);
        }
        catch (StorageUnavailableException)
        {
            _fault = Text["StorageUnavailable"];
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page has gone.
        }
        finally
        {
            _busy = false;
        }
    }

    private sealed record Row(CampaignDefinition Definition, CampaignItem Item, bool Blocks, int Metres)
    {
        public (string Code, string Name) Campaign => (Definition.Code, new CampaignWord(Definition.Name, Definition.NameEn).Here);
    }
}
