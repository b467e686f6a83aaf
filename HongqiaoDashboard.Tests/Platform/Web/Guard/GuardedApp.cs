using System.Net;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web;
using HongqiaoDashboard.Platform.Web.Guard;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HongqiaoDashboard.Tests.Platform.Web.Guard;

/// <summary>
/// The shell of the program on its real server and a free port, with a few endpoints of the tests behind it. A header says from
/// which address a request seems to come, as the wire would.
/// </summary>
internal sealed class GuardedApp : IAsyncDisposable
{
    /// <summary>Header of the address that a request comes from.</summary>
    public const string Peer = "Test-Peer";

    /// <summary>Header of the scheme that the server was asked by.</summary>
    public const string Scheme = "Test-Scheme";

    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private GuardedApp(WebApplication app, DirectoryInfo data)
    {
        (_app, _data) = (app, data);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>A client with its address; it keeps no cookies.</summary>
    public HttpClient Http { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts it.</summary>
    /// <param name="settings">Configuration, <c>Key:Sub=value</c>.</param>
    public static async Task<GuardedApp> StartAsync(params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [DefaultEnvironment.Unwatched, "--urls=http://127.0.0.1:0", $"--Data:Directory={data.FullName}", .. settings.Select(setting => "--" + setting)],
            ApplicationName = "HongqiaoDashboard", ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production",
        });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IStartupFilter, Wire>();
        builder.Services.AddSingleton<DataDirectory>();
        builder.AddIdentity();
        builder.AddWebShell();
        builder.Services.AddHealthChecks();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddHeaderDoor();
        var app = builder.Build();
        app.UseWebShell();
        app.MapGet("/who", (HttpContext http) => $"{http.Connection.RemoteIpAddress} {http.Request.Scheme} {http.Request.Host.Host}").AllowAnonymous();
        app.MapPost("/act", ActAsync).AllowAnonymous();
        app.MapPost("/program", ActAsync).AllowAnonymous().WithMetadata(new ForPrograms());
        app.MapGet("/careless", (HttpContext http) => http.Response.Cookies.Append("careless", "1")).AllowAnonymous();
        app.MapGet("/fails", void () => throw new InvalidOperationException("fails")).AllowAnonymous();
        app.MapHub<CountingHub>("/hubs/counting").RequireAuthorization(Policies.ViewSituation);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new GuardedApp(app, data);
    }

    /// <summary>Sends a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">Its path.</param>
    /// <param name="headers">Headers, name and value.</param>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a request and reads the answer's text.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">Its path.</param>
    /// <param name="headers">Headers, name and value.</param>
    public async Task<(int Status, string Text)> AskAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(method, path, headers);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A connection to the hub, not yet started.</summary>
    /// <param name="actor">Who calls.</param>
    public HubConnection HubOf(Actor actor) => new HubConnectionBuilder()
        .WithUrl(new Uri(Http.BaseAddress!, "/hubs/counting"), options =>
        {
            options.Headers.Add(HeaderDoor.Header, HeaderDoor.Write(actor));
            options.SkipNegotiation = true;
            options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
        })
        .Build();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private static async Task ActAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        await http.Response.WriteAsync($"{http.Request.Cookies.Count} cookies", http.RequestAborted);
    }

    private sealed class Wire : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, after) =>
            {
                if (IPAddress.TryParse(context.Request.Headers[Peer].ToString(), out var peer))
                {
                    context.Connection.RemoteIpAddress = peer;
                }

                if (context.Request.Headers[Scheme].ToString() is { Length: > 0 } scheme)
                {
                    context.Request.Scheme = scheme;
                }

                return after(context);
            });
            next(app);
        };
    }
}

/// <summary>A hub that does nothing but answer.</summary>
internal sealed class CountingHub : Hub
{
    /// <summary>Answers.</summary>
    /// <param name="n">What is given back.</param>
    public int Count(int n) => Context.ConnectionAborted.IsCancellationRequested ? -1 : n;
}
