using System.Net;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web.Guard;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace HongqiaoDashboard.Tests.Platform.Web.Guard;

/// <summary>How much a caller may ask for.</summary>
public sealed class LimitTests
{
    private const int Many = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_BeyondTheLimit_AreToldWhenToComeAgainAndNobodyElseIs()
    {
        await using var app = await GuardedApp.StartAsync("Access:Limits:StrangerCallsAtOnce=5", "Access:Limits:StrangerCallsPerSecond=1", "Access:Limits:CallsAtOnce=9", "Access:Limits:CallsPerSecond=1");
        (string, string) stranger = (GuardedApp.Peer, "203.0.113.9"), known = (HeaderDoor.Header, HeaderDoor.Write(new Actor("limit-1", "", Roles.Leader, null)));

        // A whole network of version 6 is one caller, and so is a wrong key again and again.
        Assert.InRange(await ServedAsync(_ => ("GET", "/who", [stranger])), 5, Many / 2);
        Assert.InRange(await ServedAsync(n => ("GET", "/who", [(GuardedApp.Peer, $"2001:db8:1:2::{n + 1:x}")])), 5, Many / 2);
        Assert.InRange(await ServedAsync(n => ("POST", "/program", [(GuardedApp.Peer, "198.51.100.7"), ("Authorization", $"Bearer guess-{n}")])), 5, Many / 2);
        Assert.InRange(await ServedAsync(_ => ("GET", "/who", [known])), 9, Many / 2);

        using var refused = await UntilRefusedAsync(app, known);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        var text = await refused.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("\"code\":\"TooManyCalls\"", text, StringComparison.Ordinal);
        Assert.Contains("请求过于频繁", text, StringComparison.Ordinal);

        // Whoever is known is not counted by address, and health is not counted at all.
        Assert.Equal(200, (await app.AskAsync("GET", "/who", stranger, (HeaderDoor.Header, HeaderDoor.Write(new Actor("limit-2", "", Roles.Leader, null))))).Status);
        Assert.Equal(Many, await ServedAsync(_ => ("GET", "/health/live", [stranger])));

        async Task<int> ServedAsync(Func<int, (string Method, string Path, (string, string)[] Headers)> make)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(make).Select(request => app.AskAsync(request.Method, request.Path, request.Headers)));
            Assert.DoesNotContain(answers, answer => answer.Status is not (200 or 429));
            return answers.Count(answer => answer.Status == 200);
        }
    }

    [Fact]
    public void Strangers_HoweverMany_ShareACertainNumberOfCounters()
    {
        var counters = Enumerable.Range(0, 100_000).Select(n => CallerLimits.CounterOf(new IPAddress(n * 2654435761L & 0xffffffffL))).Distinct().Count();
        Assert.InRange(counters, 16_000, 16_384);
        Assert.Equal(CallerLimits.CounterOf(IPAddress.Parse("10.0.0.7")), CallerLimits.CounterOf(IPAddress.Parse("::ffff:10.0.0.7")));
    }

    [Fact]
    public async Task Body_BeyondTheLimit_IsRefused()
    {
        await using var app = await GuardedApp.StartAsync("Access:Limits:BodyKilobytes=2");
        foreach (var (bytes, status) in ((int, HttpStatusCode)[])[(2048, HttpStatusCode.OK), (2049, HttpStatusCode.RequestEntityTooLarge)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/act") { Content = new ByteArrayContent(new byte[bytes]) };
            using var answer = await app.Http.SendAsync(request, Cancellation);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task HubCalls_BeyondTheLimit_AreRefusedWithACodeAndTheConnectionStays()
    {
        await using var app = await GuardedApp.StartAsync("Access:Limits:HubCallsAtOnce=5", "Access:Limits:HubCallsPerSecond=1");
        await using var hub = app.HubOf(new Actor("hub", "hub", Roles.Wall, null));
        await hub.StartAsync(Cancellation);
        var calls = await Task.WhenAll(Enumerable.Range(0, Many).Select(async n =>
        {
            try
            {
                return (await hub.InvokeAsync<int>("Count", n, Cancellation)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (HubException refused)
            {
                return refused.Message;
            }
        }));
        Assert.Equal(["0", "1", "2", "3", "4"], calls[..5]);
        var refusals = calls.Where(call => call.Contains("TooManyCalls: at most 1 calls a second; call again in", StringComparison.Ordinal)).ToList();
        Assert.InRange(refusals.Count, Many / 2, Many - 5);
        Assert.Equal(HubConnectionState.Connected, hub.State);
        // Another connection has its own count.
        await using var other = app.HubOf(new Actor("hub", "hub", Roles.Wall, null));
        await other.StartAsync(Cancellation);
        Assert.Equal(7, await other.InvokeAsync<int>("Count", 7, Cancellation));
    }

    [Fact]
    public void Calls_InTime_FillTheBucketAgain()
    {
        var clock = new FakeTimeProvider();
        var bucket = new CallBucket(clock, perSecond: 4, atOnce: 2);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(0.25)), (bucket.Take(false), bucket.Take(false), bucket.Take(false)));
        clock.Advance(TimeSpan.FromSeconds(0.25));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(0.25)), (bucket.Take(false), bucket.Take(false)));
        // Read later, one after another.
        Assert.Equal((TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5)), (bucket.Take(true), bucket.Take(true)));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(0.25)), (bucket.Take(false), bucket.Take(false), bucket.Take(false)));
    }

    [Fact]
    public async Task Connections_BeyondTheLimit_AreRefusedForThatIdentityAlone()
    {
        await using var app = await GuardedApp.StartAsync("Access:Connections:MostPerIdentity=2");
        Actor one = new("one", "one", Roles.Wall, null), two = new("two", "two", Roles.Wall, null);
        await using HubConnectionSet hubs = new(app.HubOf(one), app.HubOf(one), app.HubOf(one), app.HubOf(two));
        await hubs[0].StartAsync(Cancellation);
        await hubs[1].StartAsync(Cancellation);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => hubs[2].StartAsync(Cancellation));
        Assert.Contains("429", refused.ToString(), StringComparison.Ordinal);
        await hubs[3].StartAsync(Cancellation);
    }

    [Fact]
    public void Connections_OfAnIdentity_AreCountedEndedAndForgotten()
    {
        var connections = new LiveConnections(Options.Create(new ConnectionOptions { MostPerIdentity = 2 }));
        var (cut, ended) = (0, new List<string>());
        connections.Ended += ended.Add;
        var (first, second) = (connections.TryOpen("one", () => cut++), connections.TryOpen("one", () => cut++));
        Assert.Null(connections.TryOpen("one", () => cut++));
        Assert.NotNull(connections.TryOpen("two", () => cut += 100));
        first!.Dispose();
        using var third = connections.TryOpen("one", () => cut++);
        Assert.NotNull(third);
        connections.End("one");
        Assert.Equal((2, 1), (cut, ended.Count(identity => identity == "one")));
        second!.Dispose();
        third.Dispose();
        second.Dispose();
        Assert.Equal((0, 1), (connections.CountOf("one"), connections.CountOf("two")));
    }

    private static async Task<HttpResponseMessage> UntilRefusedAsync(GuardedApp app, (string, string) caller)
    {
        for (var n = 0; n < Many; n++)
        {
            var answer = await app.SendAsync("GET", "/who", caller);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return answer;
            }

            answer.Dispose();
        }

        throw new InvalidOperationException("Nothing was refused.");
    }

    private sealed class HubConnectionSet(params HubConnection[] connections) : IAsyncDisposable
    {
        public HubConnection this[int index] => connections[index];

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
