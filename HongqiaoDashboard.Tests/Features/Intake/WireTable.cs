using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>
/// One table of the specification: which fields a document has, in which order, and what each may hold. The same table
/// judges both formats, so that neither can be laxer than the other.
/// </summary>
internal abstract partial record WireTable
{
    /// <summary>A text that says something.</summary>
    public static WireTable Said { get; } = new Text(text => text.Length > 0, "a text that is not empty");

    /// <summary>Any text.</summary>
    public static WireTable Any { get; } = new Text(_ => true, "a text");

    /// <summary>An instant with its offset.</summary>
    public static WireTable Date { get; } = new Text(
        text => DatePattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _), "a date and time with its offset");

    /// <summary>An absolute web address.</summary>
    public static WireTable Url { get; } = new Text(text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https", "an address");

    /// <summary>true or false; a literal in JSON.</summary>
    public static WireTable Flag { get; } = new Literal(JsonValueKind.True, text => text is "true" or "false", "true or false");

    /// <summary>A whole number from 1; a literal in JSON.</summary>
    public static WireTable Order { get; } = new Literal(JsonValueKind.Number, text => int.TryParse(text, out var n) && n >= 1, "a whole number from 1");

    /// <summary>One of some words.</summary>
    public static WireTable OneOf(params string[] words) => new Text(words.Contains, string.Join(" or ", words));

    /// <summary>A text of a form.</summary>
    public static WireTable Like([StringSyntax(StringSyntaxAttribute.Regex)] string pattern) => new Text(text => Regex.IsMatch(text, pattern), pattern);

    /// <summary>Degrees within bounds; a literal in JSON.</summary>
    public static WireTable Degrees(double most) => new Literal(
        JsonValueKind.Number, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && Math.Abs(n) <= most, $"degrees up to {most}");

    /// <summary>A value, or nothing: null in JSON and an empty element in XML.</summary>
    public static WireTable OrNothing(WireTable value) => new Optional(value);

    /// <summary>A list; XML names its items.</summary>
    public static WireTable ListOf(string item, WireTable of) => new List(item, of);

    /// <summary>Exactly these fields in this order.</summary>
    public static WireTable Fields(params (string Name, WireTable Is)[] fields) => new Record(fields);

    /// <summary>What is wrong with a JSON document.</summary>
    public IEnumerable<string> Faults(JsonNode? node) => Json(node, "$");

    /// <summary>What is wrong with an XML document.</summary>
    public IEnumerable<string> Faults(XElement element) => Xml(element, "/" + element.Name);

    protected abstract IEnumerable<string> Json(JsonNode? node, string at);

    protected abstract IEnumerable<string> Xml(XElement element, string at);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$")]
    private static partial Regex DatePattern();

    private static IEnumerable<string> Fault(bool sound, string at, string wanted, object? found) => sound ? [] : [$"{at} is {found ?? "null"}, not {wanted}"];

    private static bool IsLeaf(XElement element) => !element.HasElements && !element.HasAttributes && element.Name.Namespace == XNamespace.None;

    private sealed record Text(Func<string, bool> Sound, string Wanted) : WireTable
    {
        protected override IEnumerable<string> Json(JsonNode? node, string at) =>
            Fault(node is not null && node.GetValueKind() == JsonValueKind.String && Sound((string)node!), at, Wanted, node);

        protected override IEnumerable<string> Xml(XElement element, string at) => Fault(IsLeaf(element) && Sound(element.Value), at, Wanted, element);
    }

    private sealed record Literal(JsonValueKind Kind, Func<string, bool> Sound, string Wanted) : WireTable
    {
        protected override IEnumerable<string> Json(JsonNode? node, string at) => Fault(
            node is not null && (node.GetValueKind() == Kind || (Kind == JsonValueKind.True && node.GetValueKind() == JsonValueKind.False)) && Sound(node.ToJsonString()), at, Wanted, node);

        protected override IEnumerable<string> Xml(XElement element, string at) => Fault(IsLeaf(element) && Sound(element.Value), at, Wanted, element);
    }

    private sealed record Optional(WireTable Value) : WireTable
    {
        protected override IEnumerable<string> Json(JsonNode? node, string at) => node is null ? [] : Value.Json(node, at);

        protected override IEnumerable<string> Xml(XElement element, string at) => element.IsEmpty && IsLeaf(element) ? [] : Value.Xml(element, at);
    }

    private sealed record List(string Item, WireTable Of) : WireTable
    {
        protected override IEnumerable<string> Json(JsonNode? node, string at) => node is JsonArray items
            ? items.SelectMany((item, i) => Of.Json(item, $"{at}[{i}]"))
            : [$"{at} is {node?.ToJsonString() ?? "null"}, not a list"];

        protected override IEnumerable<string> Xml(XElement element, string at) => element.Elements().SelectMany((item, i) =>
            Fault(item.Name == Item, $"{at}/*[{i + 1}]", Item, item.Name).Concat(Of.Xml(item, $"{at}/{Item}[{i + 1}]")))
            .Concat(Fault(element.Nodes().All(n => n is XElement), at, "a list without text between its items", element.Value));
    }

    private sealed record Record((string Name, WireTable Is)[] Members) : WireTable
    {
        private string Names => string.Join(", ", Members.Select(m => m.Name));

        protected override IEnumerable<string> Json(JsonNode? node, string at)
        {
            var found = node is JsonObject members ? string.Join(", ", members.Select(m => m.Key)) : node?.ToJsonString();
            return found == Names ? Members.SelectMany(m => m.Is.Json(node![m.Name], $"{at}.{m.Name}")) : [$"{at} has the fields {found}, not {Names}"];
        }

        protected override IEnumerable<string> Xml(XElement element, string at)
        {
            var found = string.Join(", ", element.Elements().Select(e => e.Name));
            return found == Names && element.Nodes().All(n => n is XElement) && !element.HasAttributes
                ? Members.SelectMany(m => m.Is.Xml(element.Element(m.Name)!, $"{at}/{m.Name}"))
                : [$"{at} has the elements {found}, not {Names}"];
        }
    }
}
