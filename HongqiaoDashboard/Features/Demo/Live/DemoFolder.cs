using System.Globalization;
using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Demo.Live;

/// <summary>
/// What the data folder says of the demo. It is the demo's when its first case is: that cannot change later, whoever reports
/// beside it, and a folder that began with somebody's cases is left alone for ever.
/// </summary>
internal sealed class DemoFolder(IReadDoor door)
{
    // Named one by one, so that the index of states leads to them.
    private static readonly IncidentState[] OpenStates = [.. Enum.GetValues<IncidentState>().Where(state => state.IsOpen())];

    /// <summary>Whose the folder is.</summary>
    public DemoFolderState State()
    {
        using var read = door.Open(Actor.System);
        var first = read.Query<Incident>().OrderBy(incident => incident.Id).Select(incident => new { incident.Source, incident.ExternalId, incident.IdempotencyKey }).FirstOrDefault();
        return first is null ? new(IsEmpty: true, IsDemo: false, null) : new(IsEmpty: false, first.Source == DemoCases.Source, SeedOf(first.ExternalId ?? first.IdempotencyKey));
    }

    /// <summary>When the newest case of the demo was reported; null without any.</summary>
    public DateTimeOffset? Newest()
    {
        using var read = door.Open(Actor.System);
        return read.Query<Incident>().Where(incident => incident.Source == DemoCases.Source).OrderByDescending(incident => incident.ReportedAt)
            .Select(incident => (DateTimeOffset?)incident.ReportedAt).FirstOrDefault();
    }

    /// <summary>Open cases of the demo.</summary>
    public List<Incident> Open()
    {
        using var read = door.Open(Actor.System);
        return [.. read.Query<Incident>().Where(incident => OpenStates.Contains(incident.State) && incident.Source == DemoCases.Source)];
    }

    private static int? SeedOf(string? id) =>
        id?.Split(':') is ["demo", var seed, ..] && int.TryParse(seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var known) ? known : null;
}

/// <summary>Whose a data folder is.</summary>
/// <param name="IsEmpty">Whether it never had a case.</param>
/// <param name="IsDemo">Whether it is the demo's.</param>
/// <param name="Seed">The seed with which the demo began; null if it did not.</param>
internal sealed record DemoFolderState(bool IsEmpty, bool IsDemo, int? Seed);
