using System.Diagnostics;
using System.Text.Json;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.Features.Calendar;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Peers;

/// <summary>Every day of 2018 to 2026 beside a calendar of holidays and make-up workdays that other people keep.</summary>
public sealed class ChineseCalendarPeerTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public async Task Days_OfAllPublishedYears_AreThoseOfThePeer()
    {
        var calendar = new WorkingCalendar("calendar@1", WorkingCalendarTests.Shipped);
        // The peer does not know 2027, so the last days that it is asked about are those whose twentieth working day lies in 2026.
        var days = await AskAsync("2018-01-01", "2026-12-31");
        Assert.Equal(3287, days.Count);
        Assert.Empty(days.Where(day => calendar.IsWorkingDay(day.Day) != day.Worked).Select(day => day.Day));

        foreach (var day in days.Where(day => day.Next[^1].Year <= 2026))
        {
            var start = Zone.StartOf(day.Day).AddHours(day.Day.DayNumber % 24);
            foreach (var (amount, next) in ((int[])[1, 5, 20]).Zip(day.Next))
            {
                Assert.Equal(
                    Zone.StartOf(next.AddDays(1)).AddMilliseconds(-1).ToUniversalTime(),
                    calendar.Due(start, new Promise(amount, PromiseUnit.WorkingDays), Zone));
            }
        }
    }

    private static async Task<List<PeerDay>> AskAsync(string first, string last)
    {
        using var peer = Process.Start(new ProcessStartInfo("node", [Repository.File("HongqiaoDashboard.Tests", "Peers", "chinese-days.mjs"), first, last])
        {
            RedirectStandardOutput = true,
            Environment = { ["TZ"] = "Asia/Shanghai" },
        })!;
        var output = await peer.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await peer.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, peer.ExitCode);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<PeerDay>(line, Web)!)];
    }

    private sealed record PeerDay(DateOnly Day, bool Worked, DateOnly[] Next);
}
