using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Access.Keys;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Access;

/// <summary>Keys against the real program: no request of these tests has another identity.</summary>
[Collection(ServerCollection.Name)]
public sealed class KeyServerTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private AppServer _server = default!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Street => GridSamples.Shipped.Children(GridSamples.Shipped.Root.Code)[0].Code;

    // The framework's own log of requests is on: it writes whole addresses.
    public async ValueTask InitializeAsync() => _server = await AppServer.StartAsync(settings:
        ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Hosting.Diagnostics=Information", "Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Authentication=Debug"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Keys_MadeByTheVerbBesideTheServer_OpenWhatTheirRoleAndScopeAllowUntilTheyAreRevoked()
    {
        var reader = await MakeAsync("--role", "reader", "--scope", Street);
        var reporter = await MakeAsync("--role", "reporter", "--scope", Street, "--label", "热线");
        var hurried = await MakeAsync("--role", "reader", "--rate", "2");

        // Without a key, or with one that is none.
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/metrics", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/metrics", KeyText.New())).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/metrics", "test")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/metrics?access_token=" + reader, null)).StatusCode);

        // Bearer: what the role allows and no more.
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/metrics", reader)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/metrics", reporter)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/admin/keys", reader)).StatusCode);

        // Limit.
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/metrics", hurried)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/metrics", hurried)).StatusCode);
        using var refused = await GetAsync("/metrics", hurried);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(429, await PostAsync(hurried, Inside()));

        // Open311: inside of the scope only, and only roles that report.
        Assert.Equal(200, await PostAsync(reporter, Inside()));
        Assert.Equal(403, await PostAsync(reporter, Outside()));
        Assert.Equal(403, await PostAsync(reader, Inside()));
        Assert.Equal(403, await PostAsync(KeyText.New(), Inside()));
        Assert.Equal(200, await PostAsync("test-key", Outside()));
        Assert.Single(await ListAsync(reporter));
        Assert.Single(await ListAsync(reader));
        Assert.Equal(2, (await ListAsync("test-key")).Count);

        // The hub, by the address, bounded by the scope; a revocation by another process cuts it.
        var hub = await WatchAsync(reader);
        Assert.Equal(Street, (string?)hub.Answer["result"]!["scope"]);
        Assert.Contains("ScopeForbidden", (string?)(await CallAsync(hub.Socket, GridSamples.Shipped.Root.Code))["error"], StringComparison.Ordinal);
        var id = KeyPrint.Of(KeyPrint.HashOf(reader));
        var revoked = await AppServer.RunVerbAsync(_server.DataDirectory, "key", "revoke", id);
        Assert.Equal((0, true), (revoked.ExitCode, revoked.Output.StartsWith(id, StringComparison.Ordinal)));
        await EndAsync(hub.Socket).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/metrics", reader)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/open311/v2/services.json?api_key=" + reporter, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/open311/v2/requests.json?api_key=" + reader, null)).StatusCode);

        // What lists and logs say.
        var list = await AppServer.RunVerbAsync(_server.DataDirectory, "key", "list");
        Assert.Equal(4, list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        await _server.StopAsync();
        Assert.Contains("access_token=***", _server.Output, StringComparison.Ordinal);
        Assert.Contains("api_key=***", _server.Output, StringComparison.Ordinal);
        foreach (var secret in (string[])[reader, reporter, hurried])
        {
            Assert.DoesNotContain(secret[3..], _server.Output + list.Output + list.Error, StringComparison.Ordinal);
            Assert.All(Directory.EnumerateFiles(_server.DataDirectory, "*", SearchOption.AllDirectories), file =>
                Assert.DoesNotContain(secret[3..], File.ReadAllText(file, Encoding.Latin1), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("create", 2)]
    [InlineData("create --role boss", 1)]
    [InlineData("create --role reader --scope 999999", 1)]
    [InlineData("revoke 0123456789abcdef", 1)]
    [InlineData("forget", 2)]
    public async Task Verb_CalledWrongly_PrintsNothingAndSaysWhy(string call, int code)
    {
        var (exit, output, error) = await AppServer.RunVerbAsync(_server.DataDirectory, ["key", .. call.Split(' ')]);
        Assert.Equal((code, ""), (exit, output));
        Assert.NotEmpty(error);
    }

    private static (double Lat, double Lon) Inside() => Centre(unit => unit.Code.StartsWith(Street, StringComparison.Ordinal));

    private static (double Lat, double Lon) Outside() => Centre(unit => !unit.Code.StartsWith(Street, StringComparison.Ordinal));

    private static (double Lat, double Lon) Centre(Func<HongqiaoDashboard.Features.Grids.Contracts.GridUnit, bool> wanted)
    {
        var unit = GridSamples.Shipped.Units.First(unit => unit.Code.Length == 15 && wanted(unit));
        return (unit.Centre.Latitude, unit.Centre.Longitude);
    }

    private async Task<string> MakeAsync(params string[] options)
    {
        var (exit, output, error) = await AppServer.RunVerbAsync(_server.DataDirectory, ["key", "create", .. options]);
        Assert.True(exit == 0, error);
        // The key, the whole key, and nothing but the key.
        Assert.Matches("^hq_[A-Za-z0-9_-]{43}\n$", output);
        return output.Trim();
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? key)
    {
        using var request = Elsewhere(new HttpRequestMessage(HttpMethod.Get, path), key);
        return await _server.Stranger.SendAsync(request, Cancellation);
    }

    private async Task<int> PostAsync(string key, (double Lat, double Lon) at)
    {
        using var request = Elsewhere(new HttpRequestMessage(HttpMethod.Post, "/open311/v2/requests.json"), null);
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["api_key"] = key, ["service_code"] = "0401", ["description"] = "路口有暴露垃圾",
            ["lat"] = at.Lat.ToString("R", System.Globalization.CultureInfo.InvariantCulture), ["long"] = at.Lon.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        });
        using var answer = await _server.Stranger.SendAsync(request, Cancellation);
        return (int)answer.StatusCode;
    }

    private async Task<JsonArray> ListAsync(string key)
    {
        using var answer = await GetAsync("/open311/v2/requests.json?api_key=" + key, null);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!.AsArray();
    }

    private static HttpRequestMessage Elsewhere(HttpRequestMessage request, string? key)
    {
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        return request;
    }

    private async Task<(ClientWebSocket Socket, JsonNode Answer)> WatchAsync(string key)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Forwarded-For", "203.0.113.9");
        await socket.ConnectAsync(new UriBuilder(new Uri(_server.Address, "/hubs/situation")) { Scheme = "ws", Query = "access_token=" + key }.Uri, Cancellation);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        await ReadAsync(socket);
        return (socket, await CallAsync(socket, null));
    }

    private static async Task<JsonNode> CallAsync(ClientWebSocket socket, string? scope)
    {
        await SendAsync(socket, new JsonObject { ["type"] = 1, ["invocationId"] = "1", ["target"] = "Watch", ["arguments"] = new JsonArray(scope) }.ToJsonString());
        while (true)
        {
            foreach (var message in await ReadAsync(socket))
            {
                if ((int?)message["type"] == 3)
                {
                    return message;
                }
            }
        }
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text + "\u001e"), WebSocketMessageType.Text, true, Cancellation);

    private static async Task<List<JsonNode>> ReadAsync(ClientWebSocket socket)
    {
        var (whole, buffer) = (new List<byte>(), new byte[1 << 16]);
        do
        {
            var part = await socket.ReceiveAsync(buffer, Cancellation).WaitAsync(Bound, Cancellation);
            whole.AddRange(buffer.AsSpan(0, part.Count));
        }
        while (whole[^1] != 0x1e);
        return [.. Encoding.UTF8.GetString([.. whole]).Split('\u001e', StringSplitOptions.RemoveEmptyEntries).Select(message => JsonNode.Parse(message)!)];
    }

    private static async Task EndAsync(ClientWebSocket socket)
    {
        using (socket)
        {
            var buffer = new byte[1 << 16];
            try
            {
                while ((await socket.ReceiveAsync(buffer, Cancellation)).MessageType != WebSocketMessageType.Close)
                {
                }
            }
            catch (WebSocketException)
            {
                // Cut without a word, which is as good.
            }
        }
    }
}
