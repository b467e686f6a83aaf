using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.StaticAssets;

namespace HongqiaoDashboard.Tests.Architecture;

/// <summary>
/// Every endpoint and hub method of the running program, called by every role. Who is to be let in is said here, by what the
/// endpoint is for; a new endpoint must say it too.
/// </summary>
[Collection(ProgramCollection.Name)]
public sealed class AccessMatrixTests(RunningProgram program)
{
    private const string Nobody = "", SomebodyNew = "somebody-new";

    private static readonly string[] Staff =
    [
        "leader", "district-operator", "street-dispatcher", "community-operator", "department-handler", "grid-worker", "supervisor", "evaluator", "room-operator", "admin",
    ];

    private static readonly string[] Watchers = [.. Staff, "wall", "reader"];
    // A display that was paired has the boards that it was given (Features/Walls/Pairing); one that was not has none.
    private static readonly string[] Viewers = [.. Staff, "reader"];
    private static readonly string[] CaseReaders = [.. Staff.Except(["room-operator"])];
    private static readonly string[] CaseWorkers = ["district-operator", "street-dispatcher", "community-operator", "department-handler", "grid-worker", "admin"];
    private static readonly string[] Administrators = ["admin"];
    private static readonly string[] Observers = ["admin", "reader"];

    // Method, route, an address of it, who is let in, and what they get. The address names what is not there where the answer
    // would change something: whoever is not let in does not get so far.
    private static readonly (string Method, string Route, string Address, string[] LetIn, int Status)[] Rows =
    [
        ("GET", "/", "/", Viewers, 200),
        ("GET", "/wall/situation", "/wall/situation", Viewers, 200),
        ("GET", "/wall/campaigns", "/wall/campaigns", Viewers, 200),
        ("GET", "/campaigns", "/campaigns", Viewers, 200),
        ("GET", "/campaigns/{Code}", "/campaigns/relocation", Viewers, 200),
        ("GET", "/grids", "/grids", Viewers, 200),
        ("GET", "/grids/import", "/grids/import", Administrators, 200),
        ("GET", "/incidents", "/incidents", CaseReaders, 200),
        ("GET", "/incidents/{Number}", "/incidents/HQ20240506-000001", CaseReaders, 200),
        ("GET", "/admin/calendar", "/admin/calendar", Administrators, 200),
        ("GET", "/admin/calendar/replay", "/admin/calendar/replay", Administrators, 200),
        ("GET", "/admin/catalog", "/admin/catalog", Administrators, 200),
        ("GET", "/admin/promises", "/admin/promises", Administrators, 200),
        ("GET", "/admin/campaigns", "/admin/campaigns", Administrators, 200),
        ("GET", "/admin/import", "/admin/import", Administrators, 200),
        ("GET", "/admin/design", "/admin/design", Administrators, 200),
        ("GET", "/admin/keys", "/admin/keys", Administrators, 200),
        ("GET", "/admin/walls", "/admin/walls", Administrators, 200),
        ("GET", "/admin/audit", "/admin/audit", Administrators, 200),
        ("GET", "/admin/audit/export.csv", "/admin/audit/export.csv", Administrators, 200),
        ("GET", "/admin/audit/export.xlsx", "/admin/audit/export.xlsx", Administrators, 200),
        ("GET", "/admin/audit/head.txt", "/admin/audit/head.txt", Administrators, 200),
        ("GET", "/account", "/account", Staff, 200),
        ("GET", "/admin/accounts", "/admin/accounts", Administrators, 200),

        ("GET", "/wall/standing", "/wall/standing", Watchers, 204),
        ("GET", "/antiforgery", "/antiforgery", Watchers, 200),
        ("GET", "/metrics", "/metrics", Observers, 200),
        ("POST", "/_blazor/negotiate", "/_blazor/negotiate?negotiateVersion=1", Watchers, 200),
        ("GET", "/_blazor", "/_blazor", Watchers, 400),
        ("POST", "/_blazor/disconnect/", "/_blazor/disconnect/", Watchers, 400),
        ("GET", "/_blazor/initializers/", "/_blazor/initializers/", Watchers, 200),
        ("GET", "/_framework/opaque-redirect", "/_framework/opaque-redirect", Watchers, 400),

        ("GET", "/api/calendar/due", "/api/calendar/due?start=2026-02-13T10:00:00%2B08:00&promise=5wd", Watchers, 200),
        ("GET", "/api/grids/{editionId}/{tier}.geojson", $"/api/grids/{GridSamples.Shipped.Id}/Street.geojson", Watchers, 200),
        ("GET", "/api/campaigns/{code}/items.geojson", "/api/campaigns/relocation/items.geojson", Watchers, 200),
        ("GET", "/api/campaigns/{code}/export.xlsx", "/api/campaigns/relocation/export.xlsx", CaseReaders, 200),
        ("GET", "/api/campaigns/imports/{id}/refused.csv", "/api/campaigns/imports/x/refused.csv", CaseWorkers, 404),
        ("GET", "/api/campaigns/imports/{id}/report.csv", "/api/campaigns/imports/x/report.csv", CaseWorkers, 404),
        ("POST", "/api/campaigns/{code}/items/{item}/photos/{moment:regex(^(before|after)$)}", "/api/campaigns/relocation/items/x/photos/before", CaseWorkers, 400),
        ("GET", "/api/campaigns/{code}/items/{item}/photos/{hash}.jpg", "/api/campaigns/relocation/items/x/photos/x.jpg", CaseReaders, 404),
        ("GET", "/api/campaigns/{code}/items/{item}/photos/{hash}/thumb", "/api/campaigns/relocation/items/x/photos/x/thumb", CaseReaders, 404),
        ("POST", "/incidents/{number}/photos/", "/incidents/x/photos", CaseWorkers, 400),
        ("GET", "/incidents/{number}/photos/{hash}", "/incidents/x/photos/x", CaseReaders, 404),
        ("GET", "/incidents/{number}/photos/{hash}/thumb", "/incidents/x/photos/x/thumb", CaseReaders, 404),
        ("GET", "/admin/import/{id}/refused.csv", "/admin/import/x/refused.csv", Administrators, 404),
        ("GET", "/admin/import/{id}/report.csv", "/admin/import/x/report.csv", Administrators, 404),

        ("POST", "/hubs/situation/negotiate", "/hubs/situation/negotiate?negotiateVersion=1", Watchers, 200),
        ("GET", "/hubs/situation", "/hubs/situation", Watchers, 400),

    ];

    private static IEnumerable<string> Roles { get; } = [.. typeof(Roles).GetFields().Select(field => (string)field.GetRawConstantValue()!), SomebodyNew, Nobody];

    [Fact]
    public void Endpoint_OfTheRunningProgram_IsInTheMatrix()
    {
        // Static files, and what DoorTests lets everybody have, are in no matrix.
        var endpoints = program.Endpoints.Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null
            && e.RoutePattern.RawText != "{**path:file}").ToList();
        Assert.Empty(endpoints.Where(e => !Rows.Any(row => Fits(row.Method, row.Route, e))).Select(e => $"{string.Join('|', MethodsOf(e))} {e.RoutePattern.RawText}").Distinct());
        Assert.Empty(Rows.Where(row => !endpoints.Any(e => Fits(row.Method, row.Route, e))).Select(row => $"{row.Method} {row.Route}"));
    }

    [Fact]
    public async Task Endpoint_CalledByEveryRole_LetsInThoseOfTheMatrix()
    {
        var faults = new List<string>();
        foreach (var role in Roles)
        {
            using var client = program.ClientOf(role == Nobody ? null : Person(role));
            foreach (var (method, route, address, letIn, status) in Rows)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                var expected = role == Nobody ? 401 : letIn.Contains(role) ? status : 403;
                if ((int)answer.StatusCode != expected)
                {
                    faults.Add($"{method} {route} by {(role == Nobody ? "nobody" : role)}: {(int)answer.StatusCode} in place of {expected}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task HubMethod_CalledByEveryRole_LetsInThoseWhoMayLookAtTheSituation()
    {
        // Beside each other: a connection that polls takes its time to end.
        var met = new ConcurrentBag<string>();
        await Task.WhenAll(Roles.Select(CallAsync));
        Assert.Equal(Watchers.Order(), met.Order());

        async Task CallAsync(string role)
        {
            await using var hub = program.HubOf("/hubs/situation", role == Nobody ? null : Person(role));
            try
            {
                await hub.StartAsync(TestContext.Current.CancellationToken);
                foreach (var method in (string[])["Watch", "Snapshot"])
                {
                    Assert.NotEqual("", (await hub.InvokeAsync<JsonElement>(method, null, TestContext.Current.CancellationToken)).GetProperty("epoch").GetString());
                }

                met.Add(role);
            }
            catch (HttpRequestException refused)
            {
                Assert.Equal(role == Nobody ? 401 : 403, (int)refused.StatusCode!);
            }
        }
    }

    [Fact]
    public void HubMethod_OfTheProgram_IsCalledAbove() => Assert.Equal(
        ["SituationHub.Snapshot", "SituationHub.Watch"],
        typeof(Policies).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Microsoft.AspNetCore.SignalR.Hub)))
            .SelectMany(hub => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(method => $"{hub.Name}.{method.Name}")).Order());


    private static Actor Person(string role) => new("matrix-" + role, role, role, null);

    private static bool Fits(string method, string route, RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText == route && (MethodsOf(endpoint) is not { Count: > 0 } methods || methods.Contains(method));

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
}
