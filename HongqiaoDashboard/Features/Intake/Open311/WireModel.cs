namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>
/// What an answer says, before it is JSON or XML. Both writers walk the same tree, so the two formats cannot drift apart,
/// and a new resource only describes its tree.
/// </summary>
internal abstract record WireNode
{
    /// <summary>JSON null, and an empty element.</summary>
    public static WireNode Null { get; } = new WireText(null);

    public static implicit operator WireNode(string? text) => new WireText(text);

    public static implicit operator WireNode(bool flag) => new WireFlag(flag);

    public static implicit operator WireNode(double number) => new WireNumber(number);
}

/// <summary>Text, ids and codes included: an id that looks like a number stays a string.</summary>
internal sealed record WireText(string? Value) : WireNode;

/// <summary>True or false.</summary>
internal sealed record WireFlag(bool Value) : WireNode;

/// <summary>A finite number.</summary>
internal sealed record WireNumber(double Value) : WireNode;

/// <summary>Named members in their order.</summary>
internal sealed record WireRecord(params IReadOnlyList<(string Name, WireNode Value)> Members) : WireNode;

/// <summary>A list; XML names each of its items.</summary>
internal sealed record WireList(string ItemName, IReadOnlyList<WireNode> Items) : WireNode;

/// <summary>A whole answer; XML names its root.</summary>
internal sealed record WireDocument(string RootName, WireNode Body);

/// <summary>The two formats, chosen by the suffix of the path.</summary>
internal enum WireFormat
{
    Json,
    Xml,
}

/// <summary>What the two formats look like in headers and paths.</summary>
internal static class WireFormats
{
    public static readonly WireFormat[] All = [WireFormat.Json, WireFormat.Xml];

    /// <summary>The suffix of paths.</summary>
    public static string Suffix(this WireFormat format) => format == WireFormat.Xml ? "xml" : "json";

    /// <summary>The media type as discovery names it.</summary>
    public static string MediaType(this WireFormat format) => format == WireFormat.Xml ? "text/xml" : "application/json";

    /// <summary>The header's value.</summary>
    public static string ContentType(this WireFormat format) => format.MediaType() + "; charset=utf-8";

    /// <summary>Bytes of an answer.</summary>
    public static ReadOnlyMemory<byte> Write(this WireFormat format, WireDocument document) =>
        format == WireFormat.Xml ? WireXml.Write(document) : WireJson.Write(document);
}
