using System.Net;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Campaigns;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static HongqiaoDashboard.Tests.Features.Campaigns.CampaignHouse;

namespace HongqiaoDashboard.Tests.Features.Campaigns;

/// <summary>The real program shows what another process enters, to hub clients and to maps.</summary>
[Collection(ServerCollection.Name)]
public sealed class CampaignServerTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entry_OfAnotherProcess_ComesToTheHubInADelta()
    {
        var builder = PlatformHost.Compose(shared.Server.DataDirectory);
        builder.AddCampaigns();
        await using var other = builder.Build();
        var desk = other.Services.GetRequiredService<ICampaignDesk>();
        await using var peer = SituationClient.Start(shared.Server);
        await peer.OpenAsync("a");
        await peer.OpenAsync("b", "msgpack", Streets[0].Code);

        await desk.PutItemAsync(Relocation, Parcel() with { Outline = [.. new[] { (0.0, 0.0), (0.001, 0.0), (0.001, 0.001) }.Select(d => new GeoPoint(39.1 + d.Item1, 117.1 + d.Item2))] }, Enterer, Cancellation);
        await peer.UntilAsync("a", new { campaign = new { code = "relocation", done = 0 } });
        await desk.EnterAsync(Relocation, new DayEntry { Item = "P1", Day = new DateOnly(2026, 1, 5), Amounts = MovedOut(12) }, Enterer, Cancellation);
        foreach (var client in (string[])["a", "b"])
        {
            (await peer.UntilAsync(client, new { campaign = new { code = "relocation", done = 12 } })).AssertUnbroken();
            Assert.Null((await peer.CompareAsync(client)).Difference);
        }

        var outlines = await shared.Server.Http.GetAsync(new Uri("/api/campaigns/relocation/items.geojson", UriKind.Relative), Cancellation);
        var features = JsonNode.Parse(await outlines.Content.ReadAsStringAsync(Cancellation))!["features"]!.AsArray();
        Assert.Equal(("P1", "Polygon", 4), ((string?)features[0]!["properties"]!["code"], (string?)features[0]!["geometry"]!["type"], features[0]!["geometry"]!["coordinates"]![0]!.AsArray().Count));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/campaigns/relocation/items.geojson");
        again.Headers.IfNoneMatch.Add(outlines.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await shared.Server.Http.SendAsync(again, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Server.Http.GetAsync(new Uri("/api/campaigns/none/items.geojson", UriKind.Relative), Cancellation)).StatusCode);
    }
}
