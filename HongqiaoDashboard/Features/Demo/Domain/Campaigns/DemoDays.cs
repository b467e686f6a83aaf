using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Demo.Domain.Campaigns;

/// <summary>The days of made-up campaigns, as they are entered: each in the evening of its day.</summary>
/// <param name="today">The day that they are made for; nothing is entered of it yet.</param>
/// <param name="zone">The district's zone.</param>
internal sealed class DemoDays(DateOnly today, TimeZoneInfo zone)
{
    private const int EnteredAtHour = 18;

    /// <summary>The day that they are made for.</summary>
    public DateOnly Today => today;

    /// <summary>The last day with entries.</summary>
    public DateOnly Yesterday => today.AddDays(-1);

    /// <summary>An entry.</summary>
    /// <param name="item">Item code.</param>
    /// <param name="day">Its day.</param>
    /// <param name="amounts">What moved.</param>
    public CampaignEntry Entry(string item, DateOnly day, IReadOnlyList<StageAmount> amounts) => new()
    {
        Item = item, Day = day, Revision = 1, Amounts = amounts, At = zone.StartOf(day).AddHours(EnteredAtHour), ActorName = "", Source = DemoCases.Source,
    };
}
