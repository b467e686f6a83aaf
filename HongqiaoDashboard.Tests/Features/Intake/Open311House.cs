using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>The interface over the real desk and a real database in this process, with a clock that tests turn and cases that tests move.</summary>
internal sealed class Open311House : IAsyncDisposable
{
    public const string Key = "first-key";
    public const string OtherKey = "second-key";

    private static readonly Actor Operator = new("operator-1", "张敏", Roles.DistrictOperator, null);

    private readonly WebApplication _app;
    private readonly ServerLock _lock;
    private readonly DirectoryInfo _data;
    private readonly HttpClient _http;

    private Open311House(WebApplication app, ServerLock serverLock, DirectoryInfo data, FakeTimeProvider clock)
    {
        (_app, _lock, _data, Clock) = (app, serverLock, data, clock);
        _http = app.GetTestClient();
    }

    public FakeTimeProvider Clock { get; }

    public IIncidentDesk Desk => _app.Services.GetRequiredService<IIncidentDesk>();

    public IIncidentReader Reader => _app.Services.GetRequiredService<IIncidentReader>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Composes, migrates, starts. It begins on a Monday at 10:00 in the district.</summary>
    /// <param name="catalog">Another catalogue than the shipped one.</param>
    public static async Task<Open311House> StartAsync(IIncidentCatalog? catalog = null)
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-");
        var clock = new FakeTimeProvider(TestDatabase.Start);
        var builder = PlatformHost.Compose(data.FullName, $"Intake:ApiKeys:0={Key}", $"Intake:ApiKeys:1={OtherKey}");
        builder.WebHost.UseTestServer();
        builder.AddIntake();
        builder.Services.AddSingleton<TimeProvider>(clock);
        if (catalog is not null)
        {
            builder.Services.AddSingleton(catalog);
        }

        var app = builder.Build();
        var serverLock = DatabaseStartup.Open(app.Services)!;
        app.MapIntake();
        await app.StartAsync(Cancellation);
        return new Open311House(app, serverLock, data, clock);
    }

    /// <summary>GETs a path below <c>/open311/v2</c>.</summary>
    public Task<Answer> GetAsync(string path, string? key = null) => SendAsync(new HttpRequestMessage(HttpMethod.Get, "/open311/v2" + path), key);

    /// <summary>POSTs fields to a path below <c>/open311/v2</c>.</summary>
    public Task<Answer> PostAsync(string path, string? key, params (string Name, string Value)[] fields) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/open311/v2" + path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) }, key);

    /// <summary>Posts a report that must be taken.</summary>
    /// <returns>Its number.</returns>
    public async Task<string> ReportAsync(string service = "0401", string? key = Key, params (string Name, string Value)[] fields)
    {
        var answer = await PostAsync("/requests.json", key, [("service_code", service), ("lat", "39.167"), ("long", "117.15"), .. fields]);
        Assert.True(answer.Status == 200, answer.Body);
        return (string)answer.Json[0]!["service_request_id"]!;
    }

    /// <summary>Posts an update of a case.</summary>
    public Task<Answer> UpdateAsync(string number, string id, string status = "OPEN", string description = "还没有人来", string? key = Key, string format = "json") =>
        PostAsync($"/servicerequestupdates.{format}", key, ("service_request_id", number), ("update_id", id), ("status", status),
            ("updated_datetime", "2024-05-06T10:00:00+08:00"), ("description", description));

    /// <summary>The updates of one case in the usual span.</summary>
    public async Task<IReadOnlyList<JsonNode>> UpdatesAsync(string number, string? key = null, string query = "locale=en")
    {
        var answer = await GetAsync("/servicerequestupdates.json?" + query, key);
        Assert.True(answer.Status == 200, answer.Body);
        return [.. answer.Json.AsArray().Select(u => u!).Where(u => (string?)u["service_request_id"] == number)];
    }

    /// <summary>Moves a case by its operator, a minute after the move before.</summary>
    public async Task<Incident> MoveAsync(string number, Kind kind, IncidentMove? move = null)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var incident = (await Reader.FindAsync(number, Actor.System, Cancellation))!;
        return await Desk.MoveAsync(number, incident.Version, move ?? new IncidentMove(kind)
        {
            Text = $"words-of-{kind} 13912345678", ApprovedBy = "李主任", Department = kind == Kind.Dispatched ? "yingji" : null,
            Until = kind == Kind.Suspended ? Clock.GetUtcNow().AddDays(3) : kind == Kind.Extended ? incident.CloseBy.AddHours(5) : null,
        }, Operator, Cancellation);
    }

    /// <summary>Moves a case on until it is closed.</summary>
    public async Task CloseAsync(string number)
    {
        foreach (var kind in (Kind[])[Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed])
        {
            await MoveAsync(number, kind);
        }
    }

    /// <summary>The entries of a case.</summary>
    public Task<IReadOnlyList<IncidentEvent>> LogAsync(string number) => Reader.TimelineAsync(number, Actor.System, Cancellation);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _lock.Dispose();
        SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request, string? key)
    {
        using (request)
        {
            request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            using var response = await _http.SendAsync(request, Cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(Cancellation);
            return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), Encoding.UTF8.GetString(body), response.Headers);
        }
    }
}
