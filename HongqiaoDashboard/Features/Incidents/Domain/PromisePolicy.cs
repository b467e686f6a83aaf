using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>What is promised for a case of a severity.</summary>
/// <param name="Resolve">Until it is resolved.</param>
/// <param name="Close">Until it is closed.</param>
internal sealed record SeverityPromise(Promise Resolve, Promise Close);

/// <summary>
/// A versioned policy of promised times. The district's own promise: ordinary cases resolved within 2 hours, major ones
/// closed by the end of the fifth working day after the day of report. The other two times are ours.
/// </summary>
/// <param name="Id">Id and version, kept by every case.</param>
/// <param name="Ordinary">Ordinary cases.</param>
/// <param name="Major">Major cases.</param>
internal sealed record PromisePolicy(string Id, SeverityPromise Ordinary, SeverityPromise Major)
{
    /// <summary>Both promised times of a case.</summary>
    /// <param name="clock">Counts working days.</param>
    /// <param name="severity">Severity of the case.</param>
    /// <param name="start">When the clock began.</param>
    /// <param name="zone">The district's zone.</param>
    public (DateTimeOffset ResolveBy, DateTimeOffset CloseBy) Times(IPromiseClock clock, IncidentSeverity severity, DateTimeOffset start, TimeZoneInfo zone)
    {
        var promise = severity == IncidentSeverity.Major ? Major : Ordinary;
        return (clock.Due(start, promise.Resolve, zone), clock.Due(start, promise.Close, zone));
    }
}

/// <summary>The policy as an operator configures it, section <c>Incidents:Promises</c>.</summary>
internal sealed class PromiseOptions
{
    public string Id { get; set; } = "promise@1";
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
                yield return $"Incidents:Promises:{name} must look like '2h' or '5wd', but is '{value}'.";
            }
        }

        if (string.IsNullOrWhiteSpace(Id))
        {
            yield return "Incidents:Promises:Id must not be empty: each case keeps the id of the policy that it was given.";
        }
    }

    public PromisePolicy ToPolicy() => new(Id, new(Parse(OrdinaryResolve), Parse(OrdinaryClose)), new(Parse(MajorResolve), Parse(MajorClose)));

    private static Promise Parse(string text) => Promise.TryParse(text, out var promise) ? promise : throw new FormatException(text);
}
