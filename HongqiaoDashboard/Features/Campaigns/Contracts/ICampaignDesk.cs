using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>
/// Where campaigns are worked. Each call is refused as a whole or done as a whole, and done means durable. Refusals carry codes of
/// <c>CampaignTexts</c>; an item out of the actor's scope is answered like one that does not exist.
/// </summary>
public interface ICampaignDesk
{
    /// <summary>Enters what moved on at an item on a day, or corrects it.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="entry">The whole day.</param>
    /// <param name="actor">Who enters.</param>
    /// <param name="cancellation">Withdraws it while it waits.</param>
    /// <returns>The entry as it is kept.</returns>
    /// <exception cref="Kernel.RefusedException">
    /// <c>CampaignUnknown</c>, <c>ItemUnknown</c>, <c>DayBeforeStart</c>, <c>DayAhead</c>, <c>AmountNegative</c>, <c>StageUnknown</c>, <c>MeasureNotCounted</c>;
    /// <c>MoreThanTotal</c> and <c>MoreThanStageBefore</c>, naming the day, the stage, the amount and the most that is possible;
    /// <c>EnteredMeanwhile</c>, naming who entered what and when: <see cref="DayEntry.BasedOn"/> is not the newest revision of that day;
    /// <c>NothingChanged</c>.
    /// </exception>
    Task<CampaignEntry> EnterAsync(string campaign, DayEntry entry, Actor actor, CancellationToken cancellation = default);

    /// <summary>Adds an item or changes one.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">The whole item; its version is the one that was seen, 0 for a new one.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancellation">Withdraws it while it waits.</param>
    /// <exception cref="Kernel.RefusedException"><c>CampaignUnknown</c>, <c>ItemFaulty</c> with the reason, <c>ItemChangedMeanwhile</c>, <c>TotalBelowEntered</c>.</exception>
    Task<CampaignItem> PutItemAsync(string campaign, CampaignItem item, Actor actor, CancellationToken cancellation = default);

    /// <summary>Says that a case stands in an item's way, or no longer does.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code.</param>
    /// <param name="number">Case number.</param>
    /// <param name="blocks">Whether it does.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellation">Withdraws it while it waits.</param>
    /// <exception cref="Kernel.RefusedException"><c>CampaignUnknown</c>, <c>ItemUnknown</c>, <c>CaseUnknown</c>.</exception>
    Task LinkAsync(string campaign, string item, string number, bool blocks, Actor actor, CancellationToken cancellation = default);

    /// <summary>All revisions of all days of an item, newest first: what was entered, and corrected, by whom and when.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyList<CampaignEntry>> HistoryAsync(string campaign, string item, Actor actor, CancellationToken cancellation = default);

    /// <summary>Takes in items and entries of another source in one go: all of them, or none.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="items">Items that are new.</param>
    /// <param name="entries">Days of them, each with revision 1; judged like all others.</param>
    /// <param name="actor">Who brings them.</param>
    /// <param name="cancellation">Withdraws it while it waits.</param>
    /// <exception cref="Kernel.RefusedException">As <see cref="EnterAsync"/> and <see cref="PutItemAsync"/>.</exception>
    Task TakeAsync(string campaign, IReadOnlyList<CampaignItem> items, IReadOnlyList<CampaignEntry> entries, Actor actor, CancellationToken cancellation = default);
}

/// <summary>What somebody enters for a day.</summary>
public sealed record DayEntry
{
    /// <summary>Item code.</summary>
    public required string Item { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What reached which stage on that day; what is left out is zero.</summary>
    public required IReadOnlyList<StageAmount> Amounts { get; init; }

    /// <summary>Remark.</summary>
    public string Note { get; init; } = "";

    /// <summary>The revision of that day that was seen; 0 when there was none.</summary>
    public int BasedOn { get; init; }

    /// <summary><c>page</c>, <c>import</c>.</summary>
    public string Source { get; init; } = "page";
}
