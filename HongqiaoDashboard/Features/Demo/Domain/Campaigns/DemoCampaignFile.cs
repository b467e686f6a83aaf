using System.Text.Json;

namespace HongqiaoDashboard.Features.Demo.Domain.Campaigns;

/// <summary>What the made-up campaigns are made from: <c>data/demo/campaigns.json</c>.</summary>
/// <param name="Trims">Ends of a community's name that say nothing in the name of a place.</param>
/// <param name="Relocation">Shantytown relocation.</param>
/// <param name="Markets">Clearance of street markets.</param>
internal sealed record DemoCampaignFile(IReadOnlyList<string> Trims, RelocationPlan Relocation, MarketPlan Markets)
{
    /// <summary>Where a name stands for the community.</summary>
    public const string PlaceMark = "{place}";

    /// <summary>The name of a place.</summary>
    /// <param name="community">Name of its community, without the words for what it is.</param>
    public string Short(string community) => community[..^(Trims.FirstOrDefault(trim => community.EndsWith(trim, StringComparison.Ordinal) && community.Length > trim.Length) ?? "").Length];

    /// <summary>Reads the shipped file's form.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not of that form.</exception>
    public static DemoCampaignFile Read(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize<DemoCampaignFile>(stream, JsonSerializerOptions.Web) ?? throw new JsonException("The file is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>Relocation: the published sums, shared out over made-up parcels.</summary>
/// <param name="Campaign">Code of the campaign.</param>
/// <param name="From">First day of the first parcel's moves.</param>
/// <param name="Leading">Code of the measure of the sprint.</param>
/// <param name="Total">In all, by measure.</param>
/// <param name="Done">Done, by measure.</param>
/// <param name="Finished">Parcels that nothing is left of, beside the sprint's.</param>
/// <param name="Unfinished">Parcels on which all that is left lies.</param>
/// <param name="ItemName">Name of a parcel.</param>
/// <param name="Lead">Department that leads.</param>
/// <param name="Helpers">Departments that help.</param>
/// <param name="Stages">When each stage follows the moves.</param>
/// <param name="Sprint">A parcel that was cleared in days.</param>
internal sealed record RelocationPlan(
    string Campaign, DateOnly From, string Leading, IReadOnlyDictionary<string, long> Total, IReadOnlyDictionary<string, long> Done, int Finished, int Unfinished, string ItemName,
    string Lead, IReadOnlyList<string> Helpers, IReadOnlyList<StageShift> Stages, SprintPlan Sprint);

/// <summary>A stage follows the same curve as the moves, some days before or after them.</summary>
/// <param name="Stage">Stage code.</param>
/// <param name="Shift">Days after the moves; negative before them. Whole weeks keep the weekends in their place.</param>
/// <param name="Measures">What is counted at it.</param>
internal sealed record StageShift(string Stage, int Shift, IReadOnlyList<string> Measures);

/// <summary>A parcel that was cleared in days.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Street">Beginning of its street's name.</param>
/// <param name="Households">All of them moved.</param>
/// <param name="From">First day.</param>
/// <param name="Days">In so many days.</param>
/// <param name="Stages">When each stage follows the moves.</param>
internal sealed record SprintPlan(string Name, string Street, long Households, DateOnly From, int Days, IReadOnlyList<StageShift> Stages);

/// <summary>Street markets, all of them cleared.</summary>
/// <param name="Campaign">Code of the campaign.</param>
/// <param name="Measure">Code of its measure.</param>
/// <param name="Days">From the first notice to the last clearance.</param>
/// <param name="EndedDaysAgo">When the last one was cleared, counted back from the day of the fill.</param>
/// <param name="Kinds">How many of each kind.</param>
/// <param name="Notified">Stage code.</param>
/// <param name="Clearing">Stage code.</param>
/// <param name="Cleared">Stage code.</param>
/// <param name="Restored">Stage code.</param>
/// <param name="Lead">Department that leads.</param>
/// <param name="Helpers">Departments that help.</param>
/// <param name="Vending">Cases that come near them.</param>
internal sealed record MarketPlan(
    string Campaign, string Measure, int Days, int EndedDaysAgo, IReadOnlyList<MarketKind> Kinds, string Notified, string Clearing, string Cleared, string Restored,
    string Lead, IReadOnlyList<string> Helpers, VendingPlan Vending);

/// <summary>Markets of a kind.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Count">How many.</param>
/// <param name="ItemName">Name of one.</param>
internal sealed record MarketKind(string Kind, int Count, string ItemName);

/// <summary>Some cases of these types come where a market is, or was.</summary>
/// <param name="Types">Type codes.</param>
/// <param name="Share">Which part of them.</param>
/// <param name="Metres">Within this distance.</param>
internal sealed record VendingPlan(IReadOnlyList<string> Types, double Share, int Metres);
