using System.Net;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake;
using HongqiaoDashboard.Features.Intake.Open311;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>The interface over a desk that fails, which a healthy server does not show.</summary>
public sealed class Open311FailureTests
{
    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new StorageUnavailableException("disk full: 13812345678", new IOException()), 503, "暂时无法保存" },
        { new OperationCanceledException("stopping"), 503, "正在停止" },
        { new RefusedException("UnknownType", "0401"), 404, "0401" },
        { new RefusedException("PointOutside", 1.0, 2.0, "红桥区"), 400, "红桥区" },
        { new RefusedException("SomethingElse"), 400, "SomethingElse" },
        { new InvalidOperationException("secret detail"), 500, "服务器出错" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Post_DeskFails_AnswersInTheShapeOfErrors(Exception failure, int status, string says)
    {
        await using var app = await StartAsync(new FailingDesk(failure), []);
        using var http = app.GetTestClient();
        using var form = Form();

        using var response = await http.PostAsync("/open311/v2/requests.json", form, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(status == 503, response.Headers.RetryAfter is not null);
        var error = Assert.Single(JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray())!;
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)error["code"]);
        Assert.Contains(says, (string?)error["description"], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (string?)error["description"], StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", (string?)error["description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_InTheLog_IsOneLineWithoutAnythingThatWasSent()
    {
        var log = new List<string>();
        await using var app = await StartAsync(new FailingDesk(new InvalidOperationException()), log);
        using var http = app.GetTestClient();
        using var form = Form(("attribute[planted-name]", "planted-answer"), ("description", "planted-words\0"), ("phone", "planted-phone\n"), ("media_url", "planted-url"));

        using var response = await http.PostAsync("/open311/v2/requests.xml?planted-query=1", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var line = Assert.Single(log, entry => entry.Contains("Open311", StringComparison.Ordinal));
        Assert.Contains("400: AttributeUnknown, CharactersRefused, MediaUrlWrong, CharactersRefusedInLine", line, StringComparison.Ordinal);
        Assert.DoesNotContain(log, entry => entry.Contains("planted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_ContentTypeThatIsNoForm_IsABadCall()
    {
        await using var app = await StartAsync(new FailingDesk(new InvalidOperationException()), []);
        using var http = app.GetTestClient();
        using var json = new StringContent("{}", null, "application/json");

        using var response = await http.PostAsync("/open311/v2/requests.xml?locale=en", json, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("""<?xml version="1.0" encoding="utf-8"?><errors><error><code>400</code><description>The body must be a form""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] more) => new(
        ((string Name, string Value)[])[("api_key", "planted-key"), ("service_code", "0401"), ("lat", "39.167"), ("long", "117.15"), .. more] is var all
            ? all.Select(f => KeyValuePair.Create(f.Name, f.Value))
            : []);

    private static async Task<WebApplication> StartAsync(IIncidentDesk desk, List<string> log)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration["Intake:ApiKeys:0"] = "planted-key";
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new Lines(log));
        builder.Services.AddSingleton(desk);
        builder.Services.AddSingleton(IntakeSamples.Catalog);
        builder.Services.AddSingleton(IntakeSamples.Grids);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IReadDoor, ShutDoor>();
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.AddOpen311();
        var app = builder.Build();
        Open311Routes.Map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private sealed class FailingDesk(Exception failure) : IIncidentDesk
    {
        public Task<ReportReceipt> ReportAsync(ReportIncident report, Actor actor, CancellationToken cancellation = default) =>
            Task.FromException<ReportReceipt>(failure);

        public Task<Incident> MoveAsync(string number, int version, IncidentMove move, Actor actor, CancellationToken cancellation = default) =>
            Task.FromException<Incident>(failure);

        public Task<Incident> MoveAsync(
            string number, Func<WriteSession, Incident, IncidentMove?> choose, Actor actor, CancellationToken cancellation = default) =>
            Task.FromException<Incident>(failure);

        public IReadOnlyList<IncidentEventKind> LegalMoves(Incident incident) => [];
    }

    private sealed class ShutDoor : IReadDoor
    {
        public ReadSession Open(Actor actor) => throw new InvalidOperationException("Nothing is read here.");
    }

    private sealed class Lines(List<string> lines) : ILoggerProvider
    {
        // The program keeps the framework's request lines, which hold queries, out of its log as well.
        public ILogger CreateLogger(string categoryName) => new Sink(categoryName == "Microsoft.AspNetCore.Hosting.Diagnostics" ? [] : lines);

        public void Dispose() { }

        private sealed class Sink(List<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Add(formatter(state, exception));
        }
    }
}
