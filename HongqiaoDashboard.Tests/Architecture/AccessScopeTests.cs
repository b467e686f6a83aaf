using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Photos;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Architecture;

/// <summary>What somebody gets of their own street, and not of another; of their own department, and not of another.</summary>
[Collection(ProgramCollection.Name)]
public sealed class AccessScopeTests(RunningProgram program)
{
    private static readonly GridUnit[] Streets = [.. GridSamples.Shipped.Units.Where(unit => unit.Tier == GridTier.Street).Take(2)];

    private static readonly Actor Dispatcher = new("scope-street", "街道", Roles.StreetDispatcher, Streets[0].Code);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IIncidentDesk Desk => program.Services.GetRequiredService<IIncidentDesk>();

    [Fact]
    public async Task Case_OfAnotherStreet_IsNotThereByAnyWay()
    {
        var (own, foreign) = (await ReportAsync(Streets[0]), await ReportAsync(Streets[1]));
        await AssertSeesAsync(Dispatcher, own, foreign);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Desk.MoveAsync(foreign.Number, foreign.Version, new IncidentMove(IncidentEventKind.Accepted), Dispatcher, Cancellation));
        Assert.Equal("NotFound", refused.Refusal.Code);
        using var client = program.ClientOf(Dispatcher);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NotFound), (await UploadAsync(own), await UploadAsync(foreign)));
        var listed = JsonNode.Parse(await client.GetStringAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), Cancellation))!.AsArray()
            .Select(request => (string)request!["service_request_id"]!).ToList();
        Assert.Contains(own.Number, listed);
        Assert.DoesNotContain(foreign.Number, listed);

        async Task<HttpStatusCode> UploadAsync(Incident incident)
        {
            using var answer = await Photographing.PostAsync(client, incident.Number, PhotoSamples.Scene(seed: 5));
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Case_OfAnotherDepartment_IsNotThereByAnyWay()
    {
        var departments = program.Services.GetRequiredService<IIncidentCatalog>().Departments;
        var (own, foreign, nobodys) = (await DispatchAsync(departments[0].Code), await DispatchAsync(departments[1].Code), await ReportAsync(Streets[0]));
        var handler = new Actor("scope-department", "部门", Roles.DepartmentHandler, null) { Department = departments[0].Code };

        await AssertSeesAsync(handler, own, foreign);
        await AssertSeesAsync(handler, own, nobodys);
        // Both bounds hold for whoever has both.
        await AssertSeesAsync(handler with { ScopeCode = Streets[0].Code }, own, foreign);
        Assert.Null(await program.Services.GetRequiredService<IIncidentReader>().FindAsync(own.Number, handler with { ScopeCode = Streets[1].Code }, Cancellation));

        async Task<Incident> DispatchAsync(string department)
        {
            var incident = await ReportAsync(Streets[0]);
            incident = await Desk.MoveAsync(incident.Number, incident.Version, new IncidentMove(IncidentEventKind.Accepted) { Text = "x" }, Actor.System, Cancellation);
            return await Desk.MoveAsync(incident.Number, incident.Version, new IncidentMove(IncidentEventKind.Dispatched) { Text = "x", Department = department }, Actor.System, Cancellation);
        }
    }

    [Fact]
    public async Task Campaign_OfAnotherStreet_IsNeitherOnTheMapNorInTheWorkbookNorInPhotographs()
    {
        var (own, foreign) = (MarketIn(Streets[0]), MarketIn(Streets[1]));
        await program.Services.GetRequiredService<ICampaignDesk>().TakeAsync("markets", [own, foreign], [], Actor.System, Cancellation);
        await ShownAsync(foreign.Code);
        using var client = program.ClientOf(Dispatcher);

        var outlines = await client.GetStringAsync(new Uri("/api/campaigns/markets/items.geojson", UriKind.Relative), Cancellation);
        Assert.Contains(own.Code, outlines, StringComparison.Ordinal);
        Assert.DoesNotContain(foreign.Code, outlines, StringComparison.Ordinal);

        await using var file = await client.GetStreamAsync(new Uri("/api/campaigns/markets/export.xlsx", UriKind.Relative), Cancellation);
        var book = await TextOfAsync(file);
        Assert.Contains(own.Name, book, StringComparison.Ordinal);
        Assert.DoesNotContain(foreign.Name, book, StringComparison.Ordinal);

        var photos = program.Services.GetRequiredService<ICampaignPhotos>();
        foreach (var (item, seen) in ((CampaignItem, HttpStatusCode)[])[(own, HttpStatusCode.OK), (foreign, HttpStatusCode.NotFound)])
        {
            using var picture = new MemoryStream(PhotoSamples.Scene(seed: 6));
            var photo = await photos.AddAsync("markets", item.Code, PhotoMoment.Before, picture, null, Actor.System, Cancellation);
            await AssertStatusAsync(client, seen, $"/api/campaigns/markets/items/{item.Code}/photos/{photo.Hash}.jpg", $"/api/campaigns/markets/items/{item.Code}/photos/{photo.Hash}/thumb");
        }
    }

    [Fact]
    public async Task Hub_AskedForAnotherStreet_Refuses()
    {
        await using var hub = program.HubOf("/hubs/situation", Dispatcher);
        await hub.StartAsync(Cancellation);
        foreach (var method in (string[])["Watch", "Snapshot"])
        {
            foreach (var scope in (string[])[Streets[1].Code, Streets[0].Code[..6]])
            {
                var refused = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<JsonElement>(method, scope, Cancellation));
                Assert.Contains("ScopeForbidden", refused.Message, StringComparison.Ordinal);
            }

            // Everything that one may see is one's own street.
            var picture = await hub.InvokeAsync<JsonElement>(method, null, Cancellation);
            var cells = picture.GetProperty("heat").EnumerateArray().Select(cell => cell.GetProperty("code").GetString()!).ToList();
            Assert.NotEmpty(cells);
            Assert.DoesNotContain(cells, code => !code.StartsWith(Streets[0].Code, StringComparison.Ordinal));
        }
    }

    private async Task AssertSeesAsync(Actor actor, Incident own, Incident foreign)
    {
        var reader = program.Services.GetRequiredService<IIncidentReader>();
        Assert.NotNull(await reader.FindAsync(own.Number, actor, Cancellation));
        Assert.Null(await reader.FindAsync(foreign.Number, actor, Cancellation));
        using var client = program.ClientOf(actor);
        foreach (var (incident, seen) in ((Incident, HttpStatusCode)[])[(own, HttpStatusCode.OK), (foreign, HttpStatusCode.NotFound)])
        {
            using var picture = new MemoryStream(PhotoSamples.Scene(seed: 4));
            var photo = await program.Services.GetRequiredService<PhotoDesk>().TakeAsync(incident.Number, picture, Actor.System, Cancellation);
            await AssertStatusAsync(
                client, seen, $"/incidents/{incident.Number}/photos/{photo.Hash}", $"/incidents/{incident.Number}/photos/{photo.Hash}/thumb", $"/open311/v2/requests/{incident.Number}.json");
        }
    }

    private static async Task AssertStatusAsync(HttpClient client, HttpStatusCode expected, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
            Assert.True(answer.StatusCode == expected, $"{address}: {answer.StatusCode} in place of {expected}");
        }
    }

    private async Task<Incident> ReportAsync(GridUnit street) => (await Desk.ReportAsync(
        new ReportIncident { Type = "0401", Point = BasicOf(street).Centre, Description = "scope", Source = "desk" }, Actor.System, Cancellation)).Incident;

    private static CampaignItem MarketIn(GridUnit street) => Enumerable.Range(1, 900).Select(n => CampaignPlanting.Market(n, $"甲{n}号市场", "占路市场", new DateOnly(2026, 3, 2), new DateOnly(2026, 4, 2)))
        .First(item => item.GridCode.StartsWith(street.Code, StringComparison.Ordinal));

    private static GridUnit BasicOf(GridUnit street) =>
        GridSamples.Shipped.Units.First(unit => unit.Tier == GridTier.Basic && unit.Code.StartsWith(street.Code, StringComparison.Ordinal));

    // The picture follows the log; whoever looks at once may be too early.
    private async Task ShownAsync(string item)
    {
        using var changed = new SemaphoreSlim(0);
        using var campaigns = await program.Services.GetRequiredService<ICampaignFeed>().SubscribeAsync(Actor.System, () => changed.Release(), Cancellation);
        while (!campaigns.Current.SelectMany(campaign => campaign.Items).Any(standing => standing.Item.Code == item))
        {
            Assert.True(await changed.WaitAsync(SituationClient.Bound, Cancellation));
        }
    }

    private static async Task<string> TextOfAsync(Stream workbook)
    {
        using var copy = new MemoryStream();
        await workbook.CopyToAsync(copy, Cancellation);
        using var parts = new ZipArchive(copy);
        var texts = new List<string>();
        foreach (var part in parts.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(part.Open());
            texts.Add(await reader.ReadToEndAsync(Cancellation));
        }

        return string.Concat(texts);
    }
}
