using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>The newest cases of a scope by time of report.</summary>
internal sealed class CaseStream
{
    /// <summary>How many the stream shows.</summary>
    public const int Length = 50;

    private readonly SortedSet<IncidentFacts> _newest = new(Comparer<IncidentFacts>.Create(NewestFirst));
    private readonly Dictionary<string, IncidentFacts> _byNumber = [];

    /// <summary>The cases, newest first.</summary>
    public IEnumerable<IncidentFacts> Newest => _newest;

    /// <summary>Takes a case as it stands now; one that is too old for the stream is passed over.</summary>
    /// <param name="facts">The case.</param>
    public void Put(IncidentFacts facts)
    {
        if (_byNumber.Remove(facts.Number, out var known))
        {
            _newest.Remove(known);
        }

        _newest.Add(facts);
        _byNumber[facts.Number] = facts;
        if (_newest.Count > Length && _newest.Max is { } oldest)
        {
            _newest.Remove(oldest);
            _byNumber.Remove(oldest.Number);
        }
    }

    private static int NewestFirst(IncidentFacts? a, IncidentFacts? b) =>
        b!.ReportedAt.CompareTo(a!.ReportedAt) is var order and not 0 ? order : string.CompareOrdinal(b.Number, a.Number);
}
