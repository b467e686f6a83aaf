using System.Net;
using System.Security.Claims;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Tests.Platform.Identity;

public sealed class LiveConnectionsTests
{
    [Fact]
    public void Connections_OfOneIdentity_AreSoManyAtATime()
    {
        var live = Live(2);
        var (first, second) = (live.TryOpen("a", Nothing), live.TryOpen("a", Nothing));

        Assert.Null(live.TryOpen("a", Nothing));
        Assert.NotNull(live.TryOpen("b", Nothing));
        first!.Dispose();
        first.Dispose();
        Assert.Equal(1, live.CountOf("a"));
        Assert.NotNull(live.TryOpen("a", Nothing));
        Assert.Null(live.TryOpen("a", Nothing));
        second!.Dispose();
        Assert.Equal((1, 1, 0), (live.CountOf("a"), live.CountOf("b"), live.CountOf("c")));
    }

    [Fact]
    public void End_OfAnIdentity_CutsAllOfItAndNothingElse_ThenTells()
    {
        var live = Live(9);
        var seen = new List<string>();
        using var one = live.TryOpen("a", () => seen.Add("a1"));
        using var other = live.TryOpen("a", () => seen.Add("a2"));
        using var foreign = live.TryOpen("b", () => seen.Add("b"));
        var gone = live.TryOpen("a", () => seen.Add("a3"));
        gone!.Dispose();
        live.Ended += identity => seen.Add("ended " + identity);

        live.End("a");
        live.End("a");
        live.End("nobody");

        // Once each: what was cut is on its way out.
        Assert.Equal(["a1", "a2"], seen[..2].Order(StringComparer.Ordinal));
        Assert.Equal(["ended a", "ended a", "ended nobody"], seen[2..]);
    }

    [Fact]
    public void Cut_ThatEndsItsConnectionAtOnce_LeavesNothing()
    {
        var live = Live(9);
        IDisposable? own = null;
        own = live.TryOpen("a", () => own!.Dispose());

        live.End("a");

        Assert.Equal(0, live.CountOf("a"));
        Assert.NotNull(live.TryOpen("a", Nothing));
    }

    [Fact]
    public void Cut_ThatEndsAnotherConnection_LeavesThatOneAlone()
    {
        var live = Live(9);
        var (cut, both) = (0, new IDisposable?[2]);
        for (var n = 0; n < 2; n++)
        {
            var other = 1 - n;
            both[n] = live.TryOpen("a", () =>
            {
                cut++;
                both[other]!.Dispose();
            });
        }

        live.End("a");

        // By then the server may have given what would be cut to somebody else's request.
        Assert.Equal(1, cut);
    }

    [Fact]
    public async Task Connections_OpenedClosedAndEndedAtOnce_AreCutOnlyWhileTheyAreOpen()
    {
        var live = Live(8);
        var (wrong, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
        {
            for (var round = 0; round < 2_000; round++)
            {
                if (n == 0)
                {
                    live.End("a");
                    most = Math.Max(most, live.CountOf("a"));
                    continue;
                }

                var open = true;
                var entry = live.TryOpen("a", () => Interlocked.Add(ref wrong, Volatile.Read(ref open) ? 0 : 1));
                Assert.NotNull(entry);
                entry.Dispose();
                Volatile.Write(ref open, false);
            }
        })));

        Assert.Equal((0, 0), (wrong, live.CountOf("a")));
        Assert.InRange(most, 0, 7);
    }

    [Fact]
    public void Door_OfARequest_IsTheFirstThatItKnocksAt_ElseTheFirstThatAnswers()
    {
        IdentityDoor[] doors =
        [
            new("cookie", 100, context => context.Request.Headers.ContainsKey("Cookie"), _ => true),
            new("key", 50, context => context.Request.Headers.ContainsKey("Authorization")),
            new("wall", 200, context => context.Request.Query.ContainsKey("wall"), context => context.Request.Path.StartsWithSegments("/wall")),
        ];
        DefaultHttpContext Request(string path, string query = "", params string[] headers)
        {
            var context = new DefaultHttpContext { Request = { Path = path, QueryString = new QueryString(query) } };
            Array.ForEach(headers, header => context.Request.Headers[header] = "");
            return context;
        }

        Assert.Equal("key", IdentityDoor.For(doors, Request("/", "?wall=1", "Cookie", "Authorization")));
        Assert.Equal("cookie", IdentityDoor.For(doors, Request("/", "?wall=1", "Cookie")));
        Assert.Equal("wall", IdentityDoor.For(doors, Request("/", "?wall=1")));
        Assert.Equal("cookie", IdentityDoor.For(doors, Request("/wall/situation")));
        Assert.Equal("wall", IdentityDoor.For(doors[1..], Request("/wall/situation")));
        Assert.Null(IdentityDoor.For(doors[1..], Request("/incidents")));
        Assert.Null(IdentityDoor.For([], Request("/")));
    }

    [Fact]
    public async Task Watch_OfAConnectionWhoseIdentityEndedMeanwhile_LetsItNotStay()
    {
        var (stands, most) = (true, 1);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(Live(most)).AddIdentityDoor(new IdentityDoor("test", 1, _ => true) { Stands = _ => stands });
        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "a")], "test"));
            return next(context);
        });
        app.UseConnectionWatch();
        var live = app.Services.GetRequiredService<LiveConnections>();
        app.Run(context => context.Response.WriteAsync(live.CountOf("a").ToString(System.Globalization.CultureInfo.InvariantCulture)));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = app.GetTestClient();

        Assert.Equal("1", await http.GetStringAsync("/hubs/situation", TestContext.Current.CancellationToken));
        Assert.Equal("1", await http.GetStringAsync("/_blazor", TestContext.Current.CancellationToken));
        Assert.Equal("0", await http.GetStringAsync("/incidents", TestContext.Current.CancellationToken));
        stands = false;
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/hubs/situation", TestContext.Current.CancellationToken)).StatusCode);
        stands = true;
        using var held = live.TryOpen("a", Nothing);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await http.GetAsync("/hubs/situation", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(1, live.CountOf("a"));
    }

    private static void Nothing() { }

    private static LiveConnections Live(int most) => new(Options.Create(new ConnectionOptions { MostPerIdentity = most }));
}
