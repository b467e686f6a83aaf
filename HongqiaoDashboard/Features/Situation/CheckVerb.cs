using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Situation;

/// <summary>
/// <c>-- check</c>: whether everything that is stored agrees with itself: tallies with rows, and each row with the fold of
/// its own log entries. It may run beside a live server, and writes nothing.
/// </summary>
internal sealed class CheckVerb(IServiceProvider services, IReadDoor door, IGridDirectory grids, IIncidentIntegrity integrity, IEnumerable<IIntegrityPart> parts,
    TimeProvider clock) : IVerb
{
    public string Name => "check";

    public string Usage => "check                compares tallies, rows and log / 核对统计、案件与日志";

    public async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        if (call.Arguments.Count > 0)
        {
            await call.Error.WriteLineAsync("check takes no arguments. check 不需要参数。");
            return VerbCall.WrongCall;
        }

        DatabaseStartup.EnsureReady(services);
        using var read = door.Open(Actor.System);
        read.BeginSnapshot();
        var asOf = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var check = new SituationCheck(read, grids.Current, asOf);
        var found = 0;
        foreach (var difference in check.Differences().Concat(integrity.Differences(read)).Concat(parts.SelectMany(part => part.Differences(read, asOf))))
        {
            cancellation.ThrowIfCancellationRequested();
            await call.Output.WriteLineAsync(difference);
            found++;
        }

        var (cases, entries) = (read.Query<Incident>().LongCount(), read.Query<IncidentEvent>().LongCount());
        await call.Output.WriteLineAsync(
            $"{(found == 0 ? "OK" : $"{found} differences")}: {cases} cases, {entries} log entries, {check.Grids} grids, as of {grids.Current.TimeZone.At(asOf):O}");
        return found == 0 ? 0 : 1;
    }
}
