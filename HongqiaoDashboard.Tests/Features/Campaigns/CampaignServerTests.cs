using System.Net;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Campaigns;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
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

    [Fact]
    public async Task Configuration_OfAnotherProcess_IsShownWithoutARestart()
    {
        var builder = PlatformHost.Compose(shared.Server.DataDirectory);
        builder.AddCampaigns();
        await using var other = builder.Build();
        await using var peer = SituationClient.Start(shared.Server);
        await peer.OpenAsync("a");
        var book = other.Services.GetRequiredService<CampaignBook>();
        var (version, document) = book.InForce;
        await book.PublishAsync(new([.. document.Campaigns, document.Find(Markets)! with { Code = "sheds", Name = "违建拆除", NameEn = "Sheds" }]), version, "第三项", TestDatabase.Operator, Cancellation);

        await other.Services.GetRequiredService<ICampaignDesk>().PutItemAsync("sheds", Market("S1"), Enterer, Cancellation);

        (await peer.UntilAsync("a", new { campaign = new { code = "sheds", done = 0 } })).AssertUnbroken();
        Assert.Equal(HttpStatusCode.OK, (await shared.Server.Http.GetAsync(new Uri("/api/campaigns/sheds/items.geojson", UriKind.Relative), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Photograph_OfAnItem_GoesInAndComesOutAsThoseOfCasesDo()
    {
        var http = shared.Server.Http;
        var builder = PlatformHost.Compose(shared.Server.DataDirectory);
        builder.AddCampaigns();
        await using var other = builder.Build();
        await other.Services.GetRequiredService<ICampaignDesk>().PutItemAsync(Markets, Market("M77"), Enterer, Cancellation);

        var hash = "";
        using (var answer = await Photographing.PostToAsync(http, CampaignAddress.Photos(Markets, "M77", PhotoMoment.Before, new DateOnly(2026, 1, 5)), PhotoSamples.Marked(6)))
        {
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            hash = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["hash"]!;
        }

        foreach (var address in (string[])[CampaignAddress.Photo(Markets, "M77", hash), CampaignAddress.Thumbnail(Markets, "M77", hash)])
        {
            using var answer = await http.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
            Assert.Equal(("image/jpeg", "private, no-cache", "nosniff"), (answer.Content.Headers.ContentType!.MediaType, string.Join(", ", answer.Headers.GetValues("Cache-Control")).Replace("no-cache, private", "private, no-cache", StringComparison.Ordinal), answer.Headers.GetValues("X-Content-Type-Options").Single()));
            Assert.DoesNotContain(PhotoSamples.Mark, System.Text.Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(Cancellation)), StringComparison.Ordinal);
        }

        foreach (var (address, token, status) in ((string, string?, HttpStatusCode)[])
            [
                (CampaignAddress.Photos(Markets, "M78", PhotoMoment.After, null), null, HttpStatusCode.NotFound),
                (CampaignAddress.Photos("none", "M77", PhotoMoment.After, null), null, HttpStatusCode.NotFound),
                (CampaignAddress.Photos(Markets, "M77", PhotoMoment.After, null), "", HttpStatusCode.BadRequest),
                ($"/api/campaigns/{Markets}/items/M77/photos/during", null, HttpStatusCode.NotFound),
            ])
        {
            using var refused = await Photographing.PostToAsync(http, address, PhotoSamples.Scene(), token);
            Assert.Equal(status, refused.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(CampaignAddress.Photo(Markets, "M78", hash), UriKind.Relative), Cancellation)).StatusCode);
    }
}
