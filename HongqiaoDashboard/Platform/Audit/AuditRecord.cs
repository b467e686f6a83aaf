using System.Globalization;

namespace HongqiaoDashboard.Platform.Audit;

/// <summary>
/// Something that the audit trail shall keep. Who did it, from where and when comes from the actor and the transaction. No
/// personal data belongs in here: name the case, not the person. What somebody wrote as a reason is masked and shortened.
/// </summary>
/// <param name="Act">What was done: slugs with dots between, thing first, for example <c>contact.revealed</c>; shared ones stand in <see cref="AuditActs"/>. Never rename one.</param>
/// <param name="Subject">What it was done to: a number, a code, a version; null for nothing in particular.</param>
/// <param name="Result">How it ended.</param>
public sealed record AuditRecord(string Act, string? Subject = null, AuditResult Result = AuditResult.Done)
{
    /// <summary>What else matters, few and short.</summary>
    public IReadOnlyList<AuditFact> Facts { get; init; } = [];
}

/// <summary>A named plain value of a record.</summary>
/// <param name="Name">Camel case, ASCII letters and digits.</param>
/// <param name="Value">The value as text; the trail makes it harmless and shortens it.</param>
public readonly record struct AuditFact(string Name, string Value)
{
    /// <summary>How an instant is written, UTC; the trail's page shows it as local time.</summary>
    public const string Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>A whole number.</summary>
    public AuditFact(string name, long value) : this(name, value.ToString(CultureInfo.InvariantCulture)) { }

    /// <summary>An instant, to the second.</summary>
    public AuditFact(string name, DateTimeOffset value) : this(name, value.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture)) { }
}

/// <summary>How an act ended.</summary>
public enum AuditResult
{
    /// <summary>It was done.</summary>
    Done = 0,

    /// <summary>It goes on: what is no single transaction is written down before it begins, and once more at its end.</summary>
    Begun = 1,

    /// <summary>The rules did not allow it.</summary>
    Refused = 2,

    /// <summary>Whoever asked may not.</summary>
    Denied = 3,

    /// <summary>It was cut short; part of it may be done.</summary>
    Failed = 4,
}
