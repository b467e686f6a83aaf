using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Incidents.Components.Policy;

/// <summary>Says what a policy of promised times says, in the reader's language.</summary>
internal sealed class PolicyWords(IStringLocalizer<IncidentsTexts> text, CaseWords words)
{
    /// <summary>Which cases a rule speaks of.</summary>
    /// <param name="scope">Its scope.</param>
    public string Scope(RuleScope scope) => string.Join(" · ", ((string?[])[
        scope.Severity is { } severity ? words.Severity(severity) : null,
        scope.Category is { } category ? words.Category(category) : null,
        scope.Type is { } type ? words.Type(type) : null,
    ]).OfType<string>().DefaultIfEmpty(text["Policy.All"]));

    /// <summary>What a typed promise means; null for what is none.</summary>
    /// <param name="typed">The text.</param>
    public string? Spoken(string typed) => Promise.TryParse(typed, out var promise) ? words.Promise(promise) : null;

    /// <summary>A change.</summary>
    /// <param name="change">The change.</param>
    public string Change(PolicyChange change) => change.What switch
    {
        "Added" => text["Policy.Added", Scope(change.Rule.Scope), Given(change.Rule)],
        "Removed" => text["Policy.Removed", Scope(change.Rule.Scope)],
        _ => text["Policy.Changed", Scope(change.Rule.Scope), Member(change.What), Value(change.What, change.Before), Value(change.What, change.After)],
    };

    /// <summary>A fault.</summary>
    /// <param name="fault">The fault.</param>
    public string Fault(PolicyFault fault) =>
        words.Sentence(fault.Field is null ? fault.Reason : new(fault.Reason.Code, [.. fault.Reason.Arguments, Member(fault.Field.Name)]));

    private string Member(string what) => text[what switch
    {
        nameof(RuleScope.Severity) => "SeverityLabel",
        nameof(RuleScope.Category) or nameof(RuleScope.Type) => what,
        _ => $"Policy.{what}",
    }];

    private string Value(string what, string value) => what switch
    {
        nameof(RuleScope.Severity) or nameof(RuleScope.Category) or nameof(RuleScope.Type) when value.Length == 0 => text["AnyValue"],
        nameof(RuleScope.Severity) => words.Severity(Enum.Parse<IncidentSeverity>(value)),
        nameof(RuleScope.Category) => words.Category(value),
        nameof(RuleScope.Type) => words.Type(value),
        _ when value.Length == 0 => text["Policy.None"],
        _ => Spoken(value) ?? value,
    };

    private string Given(RuleText rule)
    {
        var given = PolicyText.Fields.Where(field => rule.Promise(field.Name).Length > 0)
            .Select(field => text["Policy.Given", Member(field.Name), Value(field.Name, rule.Promise(field.Name))].Value);
        return string.Join(text["JoinParts"], given.DefaultIfEmpty(text["Policy.NothingGiven"]));
    }
}
