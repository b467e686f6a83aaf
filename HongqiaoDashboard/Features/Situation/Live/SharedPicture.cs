using System.Text.Json;
using HongqiaoDashboard.Features.Situation.Contracts;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>A picture and its wire forms, each made once however many clients get it.</summary>
/// <param name="snapshot">The picture.</param>
/// <param name="previous">The picture before it in the same feed; null for the first.</param>
internal sealed class SharedPicture(SituationSnapshot snapshot, SituationSnapshot? previous)
{
    private readonly Lazy<byte[]> _json = new(() => JsonSerializer.SerializeToUtf8Bytes(snapshot, SituationWire.Json));
    private readonly Lazy<byte[]> _messagePack = new(() => MessagePackSerializer.Serialize(snapshot, SituationWire.MessagePack));
    private readonly Lazy<SerializedHubMessage>? _delta = previous is null ? null : new(() => SituationWire.Changed(previous!, snapshot));
    private volatile Beat? _heartbeat;

    /// <summary>The picture.</summary>
    public SituationSnapshot Snapshot => snapshot;

    /// <summary>The picture as JSON.</summary>
    public byte[] Json => _json.Value;

    /// <summary>The picture as MessagePack.</summary>
    public byte[] MessagePack => _messagePack.Value;

    /// <summary>The call that leads a client from what it has to this picture.</summary>
    /// <param name="from">What the client has.</param>
    public SerializedHubMessage DeltaFrom(SituationSnapshot from) =>
        ReferenceEquals(from, previous) ? _delta!.Value : SituationWire.Changed(from, snapshot);

    /// <summary>The sign of life for clients that have this picture.</summary>
    /// <param name="freshAsOf">The instant up to which it is right.</param>
    public SerializedHubMessage Heartbeat(DateTimeOffset freshAsOf)
    {
        // All clients of a feed are told of the same heartbeat, so the last one made is nearly always the one wanted.
        var known = _heartbeat;
        if (known is null || known.FreshAsOf != freshAsOf)
        {
            _heartbeat = known = new Beat(freshAsOf, SituationWire.Call("Heartbeat", new SituationHeartbeat(snapshot.Epoch, snapshot.Version, freshAsOf)));
        }

        return known.Message;
    }

    private sealed record Beat(DateTimeOffset FreshAsOf, SerializedHubMessage Message);
}

/// <summary>How the situation is written, the same names in both protocols.</summary>
internal static class SituationWire
{
    /// <summary>JSON as the hub writes it.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>MessagePack as the hub writes it: camelCase keys, instants as the same text as in JSON.</summary>
    public static MessagePackSerializerOptions MessagePack { get; } = MessagePackSerializerOptions.Standard
        .WithResolver(global::MessagePack.Resolvers.CompositeResolver.Create(
            // The library's own formatter of an optional instant does not ask for ours.
            [new InstantText(), new MessagePack.Formatters.StaticNullableFormatter<DateTimeOffset>(new InstantText()), new DeliveredSnapshot.MessagePackWriter()],
            [global::MessagePack.Resolvers.StandardResolver.Instance]))
        .WithSecurity(MessagePackSecurity.UntrustedData);

    /// <summary>The call that leads from one picture to another.</summary>
    /// <param name="from">What the client has.</param>
    /// <param name="to">What it gets.</param>
    public static SerializedHubMessage Changed(SituationSnapshot from, SituationSnapshot to) =>
        Call("SituationChanged", SituationDelta.Between(from, to));

    /// <summary>A call of a client's method, written once for each protocol.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="argument">Its one argument.</param>
    public static SerializedHubMessage Call(string method, object argument) => new(new InvocationMessage(method, [argument]));

    private sealed class InstantText : MessagePack.Formatters.IMessagePackFormatter<DateTimeOffset>
    {
        public void Serialize(ref MessagePackWriter writer, DateTimeOffset value, MessagePackSerializerOptions options)
        {
            // As in JSON, without its quotes; nothing in an instant is ever escaped.
            var quoted = JsonSerializer.SerializeToUtf8Bytes(value);
            writer.WriteString(quoted.AsSpan(1, quoted.Length - 2));
        }

        public DateTimeOffset Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            DateTimeOffset.Parse(reader.ReadString()!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
