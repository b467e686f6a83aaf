using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>What is promised for some cases. A member that is not set does not narrow; the narrowest rule of a case holds.</summary>
internal sealed record PromiseRule
{
    public IncidentSeverity? Severity { get; init; }
    public string? Category { get; init; }
    public string? Type { get; init; }
    /// <summary>From the report until it is resolved.</summary>
    public required Promise Resolve { get; init; }
    /// <summary>From the report until it is closed.</summary>
    public required Promise Close { get; init; }
    /// <summary>From the report until it is accepted; null when that is not promised.</summary>
    public Promise? Accept { get; init; }
    /// <summary>From accepting until a department is dispatched.</summary>
    public Promise? Dispatch { get; init; }
    /// <summary>From dispatching until the department is there.</summary>
    public Promise? CheckIn { get; init; }
    /// <summary>From the department's coming until it is resolved.</summary>
    public Promise? Handle { get; init; }
    /// <summary>From the result until it is verified.</summary>
    public Promise? Verify { get; init; }

    /// <summary>Whether the rule speaks of such cases.</summary>
    public bool Covers(IncidentSeverity severity, string category, string type) =>
        (Severity is null || Severity == severity) && (Category is null || Category == category) && (Type is null || Type == type);

    /// <summary>A type is narrower than a category, and that than a severity.</summary>
    public int Narrowness => (Type is null ? 0 : 4) + (Category is null ? 0 : 2) + (Severity is null ? 0 : 1);
}

/// <summary>Which cases a rule speaks of. A member that is not set does not narrow.</summary>
/// <param name="Severity">Of this severity only.</param>
/// <param name="Category">Of this category only.</param>
/// <param name="Type">Of this type only.</param>
public sealed record RuleScope(IncidentSeverity? Severity = null, string? Category = null, string? Type = null)
{
    /// <summary>All cases.</summary>
    public static readonly RuleScope All = new();

    /// <summary>The scope of a rule.</summary>
    /// <param name="rule">The rule.</param>
    internal static RuleScope Of(PromiseRule rule) => new(rule.Severity, rule.Category, rule.Type);
}

/// <summary>A version of the policy of promised times.</summary>
/// <param name="Rules">Its rules; each severity has one that nothing else narrows.</param>
internal sealed record PromisePolicy(IReadOnlyList<PromiseRule> Rules)
{
    /// <summary>What is promised for a case.</summary>
    public PromiseRule For(IncidentSeverity severity, string category, string type) =>
        Rules.Where(rule => rule.Covers(severity, category, type)).MaxBy(rule => rule.Narrowness)
        ?? throw new InvalidOperationException($"The policy promises nothing for {severity} cases.");

    /// <summary>What keeps it from being a policy, as refusals whose first argument is the rule's place from 1; none when it is good.</summary>
    /// <param name="catalog">Knows categories and types.</param>
    public IEnumerable<Refusal> Faults(IIncidentCatalog catalog) => Faults([.. Rules.Select(RuleScope.Of)], catalog);

    /// <summary>What keeps rules from being a policy, whatever they promise, as refusals whose first argument is the rule's place from 1.</summary>
    /// <param name="rules">What each speaks of.</param>
    /// <param name="catalog">Knows categories and types.</param>
    public static IEnumerable<Refusal> Faults(IReadOnlyList<RuleScope> rules, IIncidentCatalog catalog)
    {
        foreach (var severity in Enum.GetValues<IncidentSeverity>().Where(severity => !rules.Any(r => r is { Category: null, Type: null } && (r.Severity is null || r.Severity == severity))))
        {
            yield return new("PolicyLacksSeverity", severity);
        }

        foreach (var (rule, index) in rules.Select((rule, index) => (rule, index + 1)))
        {
            if (rules.Take(index - 1).Contains(rule))
            {
                yield return new("PolicyRuleTwice", index);
            }

            if (rule.Category is { } category && catalog.Category(category) is null)
            {
                yield return new("PolicyUnknownCategory", index, category);
            }

            if (rule.Type is { } type && (catalog.Type(type) is not { } known || (rule.Category is { } within && known.Category != within)))
            {
                yield return new("PolicyUnknownType", index, type);
            }
        }
    }
}

/// <summary>The versions of the policy. A version never changes and is never removed.</summary>
internal interface IPromisePolicies
{
    /// <summary>Id and content of the version in force.</summary>
    (string Id, PromisePolicy Policy) Current { get; }

    /// <summary>A version by its id, or null for one that does not exist here.</summary>
    PromisePolicy? Find(string id);
}

/// <summary>The policy of a new data folder, section <c>Incidents:Promises</c>; later versions come from its page.</summary>
internal sealed class PromiseOptions
{
    public string OrdinaryResolve { get; set; } = "2h";
    public string OrdinaryClose { get; set; } = "1wd";
    public string MajorResolve { get; set; } = "4wd";
    public string MajorClose { get; set; } = "5wd";

    /// <summary>Every fault of the configured policy, in words; none when it is good.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var (name, value) in ((string, string)[])[(nameof(OrdinaryResolve), OrdinaryResolve), (nameof(OrdinaryClose), OrdinaryClose),
                     (nameof(MajorResolve), MajorResolve), (nameof(MajorClose), MajorClose)])
        {
            if (!Promise.TryParse(value, out _))
            {
                yield return $"Incidents:Promises:{name} must look like '2h', '16wh' or '5wd', but is '{value}'.";
            }
        }
    }

    public PromisePolicy ToPolicy() => new(
    [
        new PromiseRule { Severity = IncidentSeverity.Ordinary, Resolve = Parse(OrdinaryResolve), Close = Parse(OrdinaryClose) },
        new PromiseRule { Severity = IncidentSeverity.Major, Resolve = Parse(MajorResolve), Close = Parse(MajorClose) },
    ]);

    private static Promise Parse(string text) => Promise.TryParse(text, out var promise) ? promise : throw new FormatException(text);
}
