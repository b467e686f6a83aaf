using System.Text.Json;
using System.Text.Json.Serialization;
using MessagePack;
using MessagePack.Formatters;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>
/// A hub method's answer that is written from the shared bytes and tells when. SignalR writes an answer after the method
/// has returned and says nothing about it; but it serialises under the connection's write lock, so whatever is sent once
/// <see cref="Written"/> has run comes after the answer. That is how a snapshot is sure to come before its deltas.
/// </summary>
/// <param name="picture">The picture to answer with.</param>
/// <param name="written">Runs when the answer is being written.</param>
[JsonConverter(typeof(JsonWriter))]
internal sealed class DeliveredSnapshot(SharedPicture picture, Action written)
{
    private SharedPicture Picture => picture;

    private void Written() => written();

    /// <summary>Writes the shared JSON.</summary>
    internal sealed class JsonWriter : JsonConverter<DeliveredSnapshot>
    {
        public override void Write(Utf8JsonWriter writer, DeliveredSnapshot value, JsonSerializerOptions options)
        {
            writer.WriteRawValue(value.Picture.Json, skipInputValidation: true);
            value.Written();
        }

        public override DeliveredSnapshot Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Snapshots are only ever sent.");
    }

    /// <summary>Writes the shared MessagePack.</summary>
    internal sealed class MessagePackWriter : IMessagePackFormatter<DeliveredSnapshot?>
    {
        public void Serialize(ref global::MessagePack.MessagePackWriter writer, DeliveredSnapshot? value, MessagePackSerializerOptions options)
        {
            writer.WriteRaw(value!.Picture.MessagePack);
            value.Written();
        }

        public DeliveredSnapshot Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            throw new NotSupportedException("Snapshots are only ever sent.");
    }
}
