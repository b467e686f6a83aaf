using System.Text.Json;
using System.Text.Json.Serialization;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>The stored form of facts and details: compact, generated, instants as milliseconds like every column.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(InstantAsMilliseconds), typeof(PromiseAsText)])]
[JsonSerializable(typeof(IncidentFacts))]
[JsonSerializable(typeof(IncidentEventDetail))]
[JsonSerializable(typeof(CaseClock))]
[JsonSerializable(typeof(PromisePolicy))]
internal sealed partial class IncidentJson : JsonSerializerContext
{
    private sealed class InstantAsMilliseconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            System.DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
    }

    private sealed class PromiseAsText : JsonConverter<Promise>
    {
        public override Promise Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Calendar.Contracts.Promise.TryParse(reader.GetString(), out var promise) ? promise : throw new JsonException("Not a promise.");

        public override void Write(Utf8JsonWriter writer, Promise value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
