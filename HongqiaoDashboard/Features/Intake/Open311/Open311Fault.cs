namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>One thing that is wrong with a call.</summary>
/// <param name="Status">HTTP status, which is also the code in the answer.</param>
/// <param name="Key">Key of the sentence in the resource file; the log names it, and nothing that the client sent.</param>
/// <param name="Arguments">Values for the places of the sentence.</param>
internal sealed record Open311Fault(int Status, string Key, params object[] Arguments)
{
    /// <summary>400: the call itself is wrong.</summary>
    public static Open311Fault BadCall(string key, params object[] arguments) => new(StatusCodes.Status400BadRequest, key, arguments);

    /// <summary>404: what the call names does not exist, or not for this caller.</summary>
    public static Open311Fault Unknown(string key, params object[] arguments) => new(StatusCodes.Status404NotFound, key, arguments);

    /// <summary>403: the key is missing or wrong, or it is not this key's to do.</summary>
    public static Open311Fault NotAllowed(string key, params object[] arguments) => new(StatusCodes.Status403Forbidden, key, arguments);

    /// <summary>429: the key has sent as much as it may.</summary>
    public static Open311Fault TooMany(TimeSpan wait) => new(StatusCodes.Status429TooManyRequests, "KeyTooOften", Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));

    /// <summary>503: trying later is right.</summary>
    public static Open311Fault Later(string key) => new(StatusCodes.Status503ServiceUnavailable, key);

    /// <summary>The fault as an exception.</summary>
    public Open311FaultException ToException() => new([this]);

    /// <summary>What a client sent, short enough to be repeated to it.</summary>
    public static string Quote(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

/// <summary>Ends a call with everything that is wrong with it; the first fault decides the status.</summary>
internal sealed class Open311FaultException(IReadOnlyList<Open311Fault> faults) : Exception("The call is refused.")
{
    public IReadOnlyList<Open311Fault> Faults { get; } = faults;
}
