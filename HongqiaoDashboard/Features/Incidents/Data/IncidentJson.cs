using System.Text.Json;
using System.Text.Json.Serialization;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>The stored form of facts and details: compact, generated, instants as milliseconds like every column.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(InstantAsMilliseconds)])]
[JsonSerializable(typeof(IncidentFacts))]
[JsonSerializable(typeof(IncidentEventDetail))]
internal sealed partial class IncidentJson : JsonSerializerContext
{
    private sealed class InstantAsMilliseconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            System.DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
    }
}
