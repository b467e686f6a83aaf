using HongqiaoDashboard.Features.Calendar.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>What a policy says differently from another one.</summary>
/// <param name="Rule">The rule: as it was, or the new one.</param>
/// <param name="What"><c>Added</c>, <c>Removed</c>, or the name of a member of the rule or its scope.</param>
/// <param name="Before">What the member was; empty for nothing.</param>
/// <param name="After">What it is; empty for nothing.</param>
internal sealed record PolicyChange(RuleText Rule, string What, string Before = "", string After = "");

/// <summary>Compares policies. The order of rules says nothing, because the narrowest holds.</summary>
internal static class PolicyChanges
{
    /// <summary>All changes: those of rules that still are and of new ones in their order, and then what was removed.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    public static IReadOnlyList<PolicyChange> Between(PolicyText before, PolicyText after)
    {
        var left = before.Rules.ToList();
        var predecessors = new RuleText?[after.Rules.Count];
        // A rule is known by what it covers, which no two of a policy share; only one that covers something new is the one that
        // stood in its place.
        Pair((was, now) => was.Scope == now.Scope);
        Pair((was, now) => was.Key == now.Key);
        return
        [
            .. after.Rules.Zip(predecessors).SelectMany(pair => pair.Second is { } was ? Of(was, pair.First) : [new PolicyChange(pair.First, "Added")]),
            .. left.Select(rule => new PolicyChange(rule, "Removed")),
        ];

        void Pair(Func<RuleText, RuleText, bool> isSame)
        {
            for (var index = 0; index < predecessors.Length; index++)
            {
                if (predecessors[index] is null && left.Find(was => isSame(was, after.Rules[index])) is { } found)
                {
                    predecessors[index] = found;
                    left.Remove(found);
                }
            }
        }
    }

    private static IEnumerable<PolicyChange> Of(RuleText was, RuleText now) =>
        Members(was).Zip(Members(now)).Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new PolicyChange(was, pair.First.Name, pair.First.Value, pair.Second.Value));

    private static IEnumerable<(string Name, string Value)> Members(RuleText rule) =>
    [
        (nameof(RuleScope.Severity), $"{rule.Scope.Severity}"), (nameof(RuleScope.Category), rule.Scope.Category ?? ""), (nameof(RuleScope.Type), rule.Scope.Type ?? ""),
        .. PolicyText.Fields.Select(field => (field.Name, Plain(rule.Promise(field.Name)))),
    ];

    // 02h is 2h, which is no change.
    private static string Plain(string text) => Promise.TryParse(text, out var promise) ? promise.ToString() : text;
}
