using System.Text.Json;
using System.Text.Json.Serialization;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Campaigns.Data;

/// <summary>A version of an item: written once, the newest counts.</summary>
internal sealed class CampaignItemRow
{
    /// <summary>Position in the campaigns' log: gapless, in commit order, across its three tables and all processes.</summary>
    public required long Seq { get; init; }
    public required string Campaign { get; init; }
    public required string Code { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public required string GridCode { get; init; }
    public required double Latitude { get; init; }
    public required double Longitude { get; init; }
    /// <summary>JSON: latitude and longitude by turns.</summary>
    public required string Outline { get; init; }
    public string? Lead { get; init; }
    /// <summary>Department codes, parted by commas.</summary>
    public required string Helpers { get; init; }
    public DateOnly? PlannedFrom { get; init; }
    public DateOnly? PlannedTo { get; init; }
    /// <summary>JSON object of measure to number.</summary>
    public required string Totals { get; init; }
    public required string Source { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string ActorId { get; init; }
    public required string ActorName { get; init; }

    public CampaignItem ToItem()
    {
        var corners = JsonSerializer.Deserialize(Outline, CampaignJson.Default.DoubleArray)!;
        return new CampaignItem
        {
            Code = Code, Name = Name, Kind = Kind, GridCode = GridCode, Point = new GeoPoint(Latitude, Longitude),
            Outline = [.. corners.Chunk(2).Select(corner => new GeoPoint(corner[0], corner[1]))],
            Lead = Lead, Helpers = Helpers.Length == 0 ? [] : Helpers.Split(','), PlannedFrom = PlannedFrom, PlannedTo = PlannedTo,
            Totals = JsonSerializer.Deserialize(Totals, CampaignJson.Default.SortedDictionaryStringInt64)!, Source = Source, Version = Version,
        };
    }

    public static CampaignItemRow Of(string campaign, CampaignItem item, long seq, DateTimeOffset at, Platform.Identity.Actor actor) => new()
    {
        Seq = seq, Campaign = campaign, Code = item.Code, Version = item.Version, Name = item.Name, Kind = item.Kind, GridCode = item.GridCode,
        Latitude = item.Point.Latitude, Longitude = item.Point.Longitude,
        Outline = JsonSerializer.Serialize(item.Outline.SelectMany(corner => new[] { corner.Latitude, corner.Longitude }).ToArray(), CampaignJson.Default.DoubleArray),
        Lead = item.Lead, Helpers = string.Join(',', item.Helpers), PlannedFrom = item.PlannedFrom, PlannedTo = item.PlannedTo,
        Totals = JsonSerializer.Serialize(new SortedDictionary<string, long>(item.Totals.ToDictionary(), StringComparer.Ordinal), CampaignJson.Default.SortedDictionaryStringInt64),
        Source = item.Source, At = at, ActorId = actor.Id, ActorName = actor.Name,
    };
}

/// <summary>A revision of an item's day: written once, the newest counts.</summary>
internal sealed class CampaignEntryRow
{
    /// <summary>Position in the campaigns' log.</summary>
    public required long Seq { get; init; }
    public required string Campaign { get; init; }
    public required string Item { get; init; }
    public required DateOnly Day { get; init; }
    public required int Revision { get; init; }
    /// <summary>JSON: arrays of stage, measure and number.</summary>
    public required string Amounts { get; init; }
    public required string Note { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string ActorId { get; init; }
    public required string ActorName { get; init; }
    public required string Source { get; init; }

    public CampaignEntry ToEntry() => new()
    {
        Item = Item, Day = Day, Revision = Revision, Amounts = JsonSerializer.Deserialize(Amounts, CampaignJson.Default.StageAmountArray)!,
        Note = Note, At = At, ActorName = ActorName, Source = Source,
    };

    public static CampaignEntryRow Of(string campaign, CampaignEntry entry, long seq, Platform.Identity.Actor actor) => new()
    {
        Seq = seq, Campaign = campaign, Item = entry.Item, Day = entry.Day, Revision = entry.Revision,
        Amounts = JsonSerializer.Serialize([.. entry.Amounts], CampaignJson.Default.StageAmountArray),
        Note = entry.Note, At = entry.At, ActorId = actor.Id, ActorName = entry.ActorName, Source = entry.Source,
    };
}

/// <summary>That a case began or ceased to stand in an item's way: written once, the newest counts.</summary>
internal sealed class CampaignLinkRow
{
    /// <summary>Position in the campaigns' log.</summary>
    public required long Seq { get; init; }
    public required string Campaign { get; init; }
    public required string Item { get; init; }
    /// <summary>Case number.</summary>
    public required string Number { get; init; }
    public required bool Blocks { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string ActorId { get; init; }
    public required string ActorName { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(AmountAsArray)])]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(SortedDictionary<string, long>))]
[JsonSerializable(typeof(StageAmount[]))]
internal sealed partial class CampaignJson : JsonSerializerContext
{
    private sealed class AmountAsArray : JsonConverter<StageAmount>
    {
        public override StageAmount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Read();
            var stage = reader.GetString()!;
            reader.Read();
            var measure = reader.GetString()!;
            reader.Read();
            var amount = reader.GetInt64();
            reader.Read();
            return new StageAmount(stage, measure, amount);
        }

        public override void Write(Utf8JsonWriter writer, StageAmount value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(value.Stage);
            writer.WriteStringValue(value.Measure);
            writer.WriteNumberValue(value.Amount);
            writer.WriteEndArray();
        }
    }
}
