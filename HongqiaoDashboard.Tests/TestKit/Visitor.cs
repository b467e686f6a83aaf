using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>A browser without scripts: it keeps cookies, follows no redirect, fills in plain forms and has an address of its own.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly Uri _server;
    private readonly HttpClient _http;

    /// <summary>Comes along.</summary>
    /// <param name="server">Where.</param>
    /// <param name="host">Last part of the loopback address that it comes from.</param>
    /// <param name="cookies">Of another visitor, to go on as the same browser.</param>
    public Visitor(Uri server, byte host = 1, CookieContainer? cookies = null)
    {
        (_server, Cookies) = (server, cookies ?? new CookieContainer());
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies, ConnectCallback = (to, cancellation) => ConnectAsync(to, host, cancellation) })
        {
            BaseAddress = server, DefaultRequestHeaders = { Accept = { new MediaTypeWithQualityHeaderValue("text/html") } },
        };
    }

    public CookieContainer Cookies { get; }

    /// <summary>The session's cookie, <c>name=value</c>; null when there is none.</summary>
    public string? Session => Cookies.GetCookies(_server)["hq.account"]?.ToString();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, Cancellation);

    /// <summary>Where a page leads; null when it is shown.</summary>
    public async Task<string?> LeadsToAsync(string path)
    {
        using var answer = await GetAsync(path);
        return answer.StatusCode == HttpStatusCode.Found ? answer.Headers.Location!.ToString() : null;
    }

    /// <summary>The token of the forms of a page.</summary>
    public async Task<string> TokenAsync(string page) => Token().Match(await _http.GetStringAsync(page, Cancellation)).Groups[1].Value;

    /// <summary>Opens a page, fills in one of its forms and sends it.</summary>
    public async Task<Answer> FillAsync(string page, string form, params (string Name, string Value)[] fields) => await SendAsync(page, await TokenAsync(page), [("_handler", form), .. fields]);

    /// <summary>Signs in.</summary>
    public Task<Answer> SignInAsync(string userName, string password, string query = "") =>
        FillAsync("/account/sign-in?culture=en" + query, "sign-in", ("_form.UserName", userName), ("_form.Password", password));

    /// <summary>Sends fields with a token.</summary>
    public async Task<Answer> SendAsync(string path, string? token, IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([.. fields.Append(("__RequestVerificationToken", token ?? "")).Select(f => KeyValuePair.Create(f.Item1, f.Item2))]),
        };
        Array.ForEach(headers, header => request.Headers.Add(header.Name, header.Value));
        using var answer = await _http.SendAsync(request, Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        return new Answer(answer.StatusCode, answer.Headers.Location?.ToString(), WebUtility.HtmlDecode(Fault().Match(body).Groups[1].Value.Trim()), body);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext to, byte host, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, host]), 0));
            await socket.ConnectAsync(IPAddress.Loopback, to.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("class=\"account-fault\"[^>]*>\\s*<p>(.*?)</p>", RegexOptions.Singleline)]
    private static partial Regex Fault();

    /// <summary>What came of a form.</summary>
    /// <param name="Status">Status.</param>
    /// <param name="Location">Where it leads.</param>
    /// <param name="Fault">First sentence of what is wrong.</param>
    /// <param name="Body">The page.</param>
    internal sealed record Answer(HttpStatusCode Status, string? Location, string Fault, string Body);
}
