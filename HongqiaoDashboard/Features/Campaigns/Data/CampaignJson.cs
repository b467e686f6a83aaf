using System.Text.Json;
using System.Text.Json.Serialization;
using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Data;

/// <summary>The stored form of lists in a row: compact, an amount as an array of stage, measure and number.</summary>
internal static class CampaignJson
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new AmountAsArray() } };

    /// <summary>Writes a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Format);

    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="text">What <see cref="Write"/> wrote.</param>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Format)!;

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
