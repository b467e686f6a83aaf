using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Walks rows and log side by side, both in the order of the cases, in bounded memory.</summary>
internal sealed class IncidentIntegrity(PhotoFiles photos) : IIncidentIntegrity
{
    public IEnumerable<string> Differences(ReadSession read)
    {
        var (first, last, count) = (
            read.Query<IncidentEvent>().Min(e => (long?)e.Seq) ?? 1,
            read.Query<IncidentEvent>().Max(e => (long?)e.Seq) ?? 0,
            read.Query<IncidentEvent>().LongCount());
        if (first != 1 || last != count)
        {
            yield return $"The log has {count} entries but runs from {first} to {last}.";
        }

        using var rows = read.Query<Incident>().OrderBy(i => i.Id).AsEnumerable().GetEnumerator();
        using var log = read.Query<IncidentEvent>().OrderBy(e => e.IncidentId).ThenBy(e => e.Seq).AsEnumerable().GetEnumerator();
        var more = log.MoveNext();
        while (rows.MoveNext())
        {
            var row = rows.Current;
            while (more && log.Current.IncidentId < row.Id)
            {
                yield return $"Entry {log.Current.Seq} belongs to case {log.Current.IncidentId}, which has no row.";
                more = log.MoveNext();
            }

            Incident? folded = null;
            for (; more && log.Current.IncidentId == row.Id; more = log.MoveNext())
            {
                var entry = log.Current;
                if (entry.Before != folded?.ToFacts())
                {
                    yield return $"{row.Number}: entry {entry.Seq} begins from other facts than the entry before it left.";
                }

                folded = folded is null ? Begin(row, entry) : IncidentFold.Apply(folded, entry.Kind, entry.At, entry.Detail, entry.Seq);
                if (entry.After != folded.ToFacts())
                {
                    yield return $"{row.Number}: entry {entry.Seq} ({entry.Kind}) states other facts than the move leads to.";
                }

                foreach (var hash in (entry.Detail.Photos ?? []).Where(hash => !photos.Has(hash)))
                {
                    yield return $"{row.Number}: entry {entry.Seq} names the photograph {hash}, whose files are not there.";
                }
            }

            if (folded is null)
            {
                yield return $"{row.Number}: the row has no entry in the log.";
            }
            else if (folded != row)
            {
                yield return $"{row.Number}: the row is not the fold of its log; {Differing(folded, row)}.";
            }
        }

        for (; more; more = log.MoveNext())
        {
            yield return $"Entry {log.Current.Seq} belongs to case {log.Current.IncidentId}, which has no row.";
        }
    }

    // What a reporter said is on the row alone; what is folded begins with the facts of the first entry.
    private static Incident Begin(Incident row, IncidentEvent entry) => new()
    {
        Id = row.Id,
        Number = entry.After.Number,
        Version = 1,
        State = entry.After.State,
        Category = entry.After.Category,
        Type = entry.After.Type,
        Severity = entry.After.Severity,
        GridCode = entry.After.GridCode,
        Latitude = entry.After.Latitude,
        Longitude = entry.After.Longitude,
        Address = row.Address,
        Description = row.Description,
        MediaUrl = row.MediaUrl,
        Attributes = row.Attributes,
        Source = row.Source,
        Reporter = row.Reporter,
        IdempotencyKey = row.IdempotencyKey,
        ReportedAt = entry.After.ReportedAt,
        ResolveBy = entry.After.ResolveBy,
        CloseBy = entry.After.CloseBy,
        DueAt = entry.After.DueAt,
        Policy = entry.Detail.Policy ?? "",
        Clock = entry.Detail.Clock,
        Department = entry.After.Department,
        ExternalId = row.ExternalId,
        UpdatedAt = entry.At,
        LastSeq = entry.Seq,
    };

    private static string Differing(Incident folded, Incident row) => string.Join(", ", typeof(Incident).GetProperties()
        .Where(p => !Equals(p.GetValue(folded), p.GetValue(row)))
        .Select(p => $"{p.Name} is {Said(p.GetValue(row))} but should be {Said(p.GetValue(folded))}"));

    // What is found goes to terminals and mails: people's words without their numbers.
    private static object Said(object? value) => value is string words ? PersonalNumbers.Mask(words)! : value ?? "null";
}
