using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>A leaf is a path of names and its text; both formats must have the same ones in the same order.</summary>
internal static class WireLeaves
{
    public static IEnumerable<string> Of(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Of(m.Value).Select(leaf => $"{m.Key}/{leaf}")),
        JsonArray items => items.SelectMany(Of),
        null => ["="],
        _ => [$"={node}"],
    };

    public static IReadOnlyList<string> Of(XElement root)
    {
        var lists = new HashSet<string> { "discovery", "services", "service_definition", "service_requests", "service_request_updates", "errors" };
        var items = new HashSet<string> { "endpoint", "format", "service", "attribute", "value", "request", "request_update", "note", "error" };
        var emptyLists = new HashSet<string> { "values", "attributes", "notes" };
        return [.. root.DescendantsAndSelf().Where(e => !e.HasElements && e != root && !emptyLists.Contains(e.Name.LocalName)).Select(e =>
            string.Concat(e.AncestorsAndSelf().Reverse().Select(a => a.Name.LocalName)
                .Where(name => !lists.Contains(name) && !items.Contains(name)).Select(name => name + "/")) + "=" + e.Value)];
    }
}
