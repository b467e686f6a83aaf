namespace HongqiaoDashboard.Kernel;

/// <summary>
/// Why something was not done, as a code that a feature's resource file turns into a sentence in the user's language,
/// with the values that the sentence names. A refusal leaves no trace in the data.
/// </summary>
/// <param name="Code">Key of the sentence in the resource file of the feature that refuses, for example <c>MoveNotAllowed</c>.</param>
/// <param name="Arguments">Values for the places in the sentence, in order.</param>
public sealed record Refusal(string Code, params object[] Arguments);

/// <summary>Carries a <see cref="Kernel.Refusal"/> out of a unit of work, which is rolled back.</summary>
/// <param name="refusal">What is refused and why.</param>
public sealed class RefusedException(Refusal refusal) : Exception(Describe(refusal))
{
    /// <summary>What is refused and why.</summary>
    public Refusal Refusal { get; } = refusal;

    /// <summary>Shorthand for a refusal with its values.</summary>
    /// <param name="code">Key of the sentence.</param>
    /// <param name="arguments">Values for its places.</param>
    public RefusedException(string code, params object[] arguments) : this(new Refusal(code, arguments)) { }

    private static string Describe(Refusal refusal) =>
        refusal.Arguments.Length == 0 ? refusal.Code : $"{refusal.Code}: {string.Join(", ", refusal.Arguments)}";
}
