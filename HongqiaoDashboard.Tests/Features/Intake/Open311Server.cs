using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>One real server with two reporters for a class of tests; each test posts cases of its own and looks for those.</summary>
public sealed class Open311Server : IAsyncLifetime
{
    public const string Key = "test-key";
    public const string OtherKey = "another-reporter-key";

    private AppServer? _app;

    public AppServer App => _app ?? throw new InvalidOperationException("The server is not started.");

    public async ValueTask InitializeAsync() => _app = await AppServer.StartAsync(settings: [$"Intake:ApiKeys:1={OtherKey}"]);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    /// <summary>GETs a path below <c>/open311</c>.</summary>
    public Task<Answer> GetAsync(string path, string? key = null) => SendAsync(new HttpRequestMessage(HttpMethod.Get, "/open311" + path), key);

    /// <summary>POSTs fields, the position of a sound report among them unless they name their own.</summary>
    public Task<Answer> PostAsync(string path, string? key, IEnumerable<(string Name, string Value)> fields, string? idempotencyKey = null)
    {
        var given = fields.ToList();
        (string Name, string Value)[] position = given.Exists(f => f.Name is "lat" or "long") ? [] : [("lat", "39.167"), ("long", "117.15")];
        var request = new HttpRequestMessage(HttpMethod.Post, "/open311" + path)
        {
            Content = new FormUrlEncodedContent([.. position.Concat(given).Select(f => KeyValuePair.Create(f.Name, f.Value))]),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return SendAsync(request, key);
    }

    /// <summary>Posts a report that must be taken.</summary>
    /// <returns>Its number.</returns>
    public async Task<string> ReportAsync(string service, string? key = Key, params (string Name, string Value)[] fields)
    {
        var answer = await PostAsync("/v2/requests.json", key, [("service_code", service), .. fields]);
        Assert.True(answer.Status == 200, answer.Body);
        return (string)answer.Json[0]!["service_request_id"]!;
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request, string? key = null)
    {
        using (request)
        {
            request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            using var response = await App.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), Encoding.UTF8.GetString(body), response.Headers);
        }
    }

    /// <summary>What libxml2 says of a document; empty when it is well-formed.</summary>
    public static async Task<string> XmllintAsync(string xml)
    {
        using var xmllint = Process.Start(new ProcessStartInfo("xmllint", ["--noout", "--nonet", "-"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        var said = xmllint.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await xmllint.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(xml), TestContext.Current.CancellationToken);
        xmllint.StandardInput.Close();
        await xmllint.WaitForExitAsync(TestContext.Current.CancellationToken);
        return xmllint.ExitCode == 0 ? "" : $"exit {xmllint.ExitCode}: {await said}";
    }
}

/// <summary>One answer of the interface.</summary>
public sealed record Answer(int Status, string? ContentType, string Body, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public XElement Xml => XDocument.Parse(Body, LoadOptions.PreserveWhitespace).Root!;
}
