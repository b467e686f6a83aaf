using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>A rule as it is typed: its promises are texts, and any of them may be none.</summary>
/// <param name="Key">Tells the rules of one text apart, also while two of them cover the same.</param>
/// <param name="Scope">Which cases it speaks of.</param>
/// <param name="Promises">What is typed for each of <see cref="PolicyText.Fields"/>; empty for nothing.</param>
public sealed record RuleText(int Key, RuleScope Scope, IReadOnlyDictionary<string, string> Promises)
{
    /// <summary>What is typed for a field; empty for nothing.</summary>
    /// <param name="field">Its name.</param>
    public string Promise(string field) => Promises[field];

    /// <summary>Types something else.</summary>
    /// <param name="field">Name of the field.</param>
    /// <param name="text">The text; null for nothing.</param>
    public RuleText With(string field, string? text) => this with { Promises = new Dictionary<string, string>(Promises) { [field] = text?.Trim() ?? "" } };
}

/// <summary>A promise that a rule gives.</summary>
/// <param name="Name">Name of the rule's member.</param>
/// <param name="IsOptional">Whether a rule may do without.</param>
internal sealed record PromiseField(string Name, bool IsOptional)
{
    /// <summary>Whether a text can stand there.</summary>
    /// <param name="text">What is typed.</param>
    public bool Takes(string text) => text.Length == 0 ? IsOptional : Promise.TryParse(text, out _);
}

/// <summary>A policy while it is typed; changing it makes another one.</summary>
/// <param name="Rules">Its rules.</param>
internal sealed record PolicyText(IReadOnlyList<RuleText> Rules)
{
    /// <summary>The promises of a rule, in the order of the steps; the first two every rule must give.</summary>
    public static readonly IReadOnlyList<PromiseField> Fields =
    [
        new(nameof(PromiseRule.Resolve), false), new(nameof(PromiseRule.Close), false), new(nameof(PromiseRule.Accept), true), new(nameof(PromiseRule.Dispatch), true),
        new(nameof(PromiseRule.CheckIn), true), new(nameof(PromiseRule.Handle), true), new(nameof(PromiseRule.Verify), true),
    ];

    /// <summary>Writes a policy down.</summary>
    /// <param name="policy">The policy.</param>
    public static PolicyText Of(PromisePolicy policy) => new([.. policy.Rules.Select((rule, index) => Of(rule, index + 1))]);

    /// <summary>Adds a rule for all cases that gives no promise yet.</summary>
    public PolicyText WithAnother() =>
        new([.. Rules, new RuleText(Rules.Select(rule => rule.Key).DefaultIfEmpty().Max() + 1, RuleScope.All, Fields.ToDictionary(field => field.Name, _ => ""))]);

    /// <summary>Takes a rule in the place of the one with its key.</summary>
    /// <param name="rule">The rule.</param>
    public PolicyText With(RuleText rule) => new([.. Rules.Select(known => known.Key == rule.Key ? rule : known)]);

    /// <summary>Removes a rule.</summary>
    /// <param name="key">Its key.</param>
    public PolicyText Without(int key) => new([.. Rules.Where(rule => rule.Key != key)]);

    /// <summary>All that keeps it from being a policy, as refusals that name the rule's place from 1.</summary>
    /// <param name="catalog">Knows categories and types.</param>
    public IEnumerable<PolicyFault> Faults(IIncidentCatalog catalog) =>
    [
        .. Rules.SelectMany((rule, index) => Fields.Where(field => !field.Takes(rule.Promise(field.Name))).Select(field => new PolicyFault(new("PolicyPromiseForm", index + 1), field))),
        .. PromisePolicy.Faults([.. Rules.Select(rule => rule.Scope)], catalog).Select(refusal => new PolicyFault(refusal)),
    ];

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It has faults.</exception>
    public PromisePolicy ToPolicy() => new([.. Rules.Select(rule => new PromiseRule
    {
        Severity = rule.Scope.Severity, Category = rule.Scope.Category, Type = rule.Scope.Type,
        Resolve = Needed(rule.Promise(nameof(PromiseRule.Resolve))), Close = Needed(rule.Promise(nameof(PromiseRule.Close))),
        Accept = Read(rule.Promise(nameof(PromiseRule.Accept))), Dispatch = Read(rule.Promise(nameof(PromiseRule.Dispatch))),
        CheckIn = Read(rule.Promise(nameof(PromiseRule.CheckIn))), Handle = Read(rule.Promise(nameof(PromiseRule.Handle))),
        Verify = Read(rule.Promise(nameof(PromiseRule.Verify))),
    })]);

    private static RuleText Of(PromiseRule rule, int key) => new(key, RuleScope.Of(rule), new Dictionary<string, string>
    {
        [nameof(rule.Resolve)] = rule.Resolve.ToString(), [nameof(rule.Close)] = rule.Close.ToString(),
        [nameof(rule.Accept)] = $"{rule.Accept}", [nameof(rule.Dispatch)] = $"{rule.Dispatch}",
        [nameof(rule.CheckIn)] = $"{rule.CheckIn}", [nameof(rule.Handle)] = $"{rule.Handle}", [nameof(rule.Verify)] = $"{rule.Verify}",
    });

    private static Promise? Read(string text) => text.Length == 0 ? null : Needed(text);

    private static Promise Needed(string text) => Promise.TryParse(text, out var promise) ? promise : throw new FormatException(text);
}

/// <summary>What is wrong with a policy that is typed.</summary>
/// <param name="Reason">Why it cannot be published; the first argument of most is the rule's place from 1.</param>
/// <param name="Field">The promise that is none, whose name the sentence takes after the place; null for all other faults.</param>
internal sealed record PolicyFault(Refusal Reason, PromiseField? Field = null);
