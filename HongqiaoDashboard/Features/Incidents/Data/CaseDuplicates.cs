using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>A case that may be the same as another.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">Its state.</param>
/// <param name="ReportedAt">When it was reported.</param>
/// <param name="Metres">How far it lies from the other, rounded.</param>
/// <param name="Summary">Beginning of the reporter's words, masked.</param>
internal sealed record DuplicateCandidate(string Number, IncidentState State, DateTimeOffset ReportedAt, int Metres, string Summary);

/// <summary>Which cases may be the same, and which were found to be.</summary>
internal sealed class CaseDuplicates(IReadDoor door)
{
    /// <summary>How near a case must lie, metres: about as far as two people describe the same place with their phones.</summary>
    public const int Near = 200;

    /// <summary>How far apart two reports of the same thing may be.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(3);

    private const int Most = 5;
    private const int MostMerged = 100;
    private const int SummaryLength = 60;
    private const double MetresPerDegree = 111_195;

    /// <summary>Open cases of the same type, near in place and time, the nearest first.</summary>
    /// <param name="incident">The case.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Ends the read.</param>
    public Task<IReadOnlyList<DuplicateCandidate>> LikelyAsync(Incident incident, Actor actor, CancellationToken cancellation = default) => Task.Run(
        IReadOnlyList<DuplicateCandidate> () =>
        {
            var (from, to) = (incident.ReportedAt - Soon, incident.ReportedAt + Soon);
            var shrink = Math.Cos(incident.Latitude * Math.PI / 180);
            var (high, wide) = (Near / MetresPerDegree, Near / (MetresPerDegree * shrink));
            var (south, north, west, east) = (incident.Latitude - high, incident.Latitude + high, incident.Longitude - wide, incident.Longitude + wide);
            var (id, type) = (incident.Id, incident.Type);
            using var read = door.Open(actor);
            var around = read.Query<Incident>()
                .Where(i => i.Type == type && i.ReportedAt >= from && i.ReportedAt <= to && i.Id != id)
                .Where(i => i.Latitude >= south && i.Latitude <= north && i.Longitude >= west && i.Longitude <= east)
                .Select(i => new { i.Number, i.State, i.ReportedAt, i.Latitude, i.Longitude, i.Description })
                .ToList();
            return
            [
                .. around.Where(i => i.State.IsOpen())
                    .Select(i => (Case: i, Metres: double.Hypot(i.Latitude - incident.Latitude, (i.Longitude - incident.Longitude) * shrink) * MetresPerDegree))
                    .Where(i => i.Metres <= Near)
                    .OrderBy(i => i.Metres).ThenBy(i => (i.Case.ReportedAt - incident.ReportedAt).Duration()).Take(Most)
                    .Select(i => new DuplicateCandidate(
                        i.Case.Number, i.Case.State, i.Case.ReportedAt, (int)Math.Round(i.Metres), IncidentSearch.Summary(i.Case.Description, SummaryLength))),
            ];
        },
        cancellation);

    /// <summary>Numbers of the cases that were merged into a case, in the order of their report.</summary>
    /// <param name="number">The case's number.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Ends the read.</param>
    public Task<IReadOnlyList<string>> MergedIntoAsync(string number, Actor actor, CancellationToken cancellation = default) => Task.Run(
        IReadOnlyList<string> () =>
        {
            using var read = door.Open(actor);
            return read.Query<Incident>().Where(i => i.MergedInto == number).OrderBy(i => i.Id).Select(i => i.Number).Take(MostMerged).ToList();
        },
        cancellation);
}
