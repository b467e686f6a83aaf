using System.Net;
using System.Text;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>
/// A phone number and an identity number of its own is planted in every field that a person can write into; then they are
/// looked for everywhere that they must not be.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class PlantedDataTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private const string OtherKey = "another-reporter-key";

    // Types with a sentence to answer, one sensitive and one that is only counted among them.
    private static readonly (string Type, string Attribute)[] Services = [("0306", "hazard"), ("0502", "estate"), ("0906", "look"), ("0204", "")];

    private static readonly string[] Fields = ["description", "address_string", "media_url", "first_name", "last_name", "phone", "email", "device_id", "account_id", "attribute"];

    private static readonly string[] Contact = ["first_name", "last_name", "phone", "email", "device_id", "account_id"];

    private static readonly string[] Moves = ["accept", "note", "result", "approver", "search", "reason"];

    private AppServer _server = default!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // In full: no part of it may be taken for the whole, and a masked one keeps neither.
    private static IEnumerable<string> All => Fields.Concat(Moves).SelectMany(MarksOf);

    public async ValueTask InitializeAsync() =>
        _server = await AppServer.StartAsync(environment: "Development", settings: ["Demo:Enabled=false", $"Intake:ApiKeys:1={OtherKey}"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Marks_InEveryField_AreNowhereTheyMustNotBe()
    {
        var numbers = new List<string>();
        foreach (var (type, attribute) in Services)
        {
            numbers.Add(await PlantAsync(type, attribute));
        }

        await RefuseAsync();
        var page = await browser.NewPageAsync(_server, 1366, 900);
        await WorkAsync(page, numbers[0]);

        foreach (var (where, text) in (await OverOpen311Async(numbers)).Concat(await OnPagesAsync(page)).Append(("hub", await OnTheHubAsync()))
                     .Append(("metrics", await GetAsync("/metrics", null))).Append(("health", await GetAsync("/health/ready", null))))
        {
            Assert.True(text.Length > 20 || where == "health", $"{where} is empty: {text}");
            AssertNone(All, text, where);
        }

        // A report's own reporter sees the words and not the numbers.
        var own = await GetAsync($"/open311/v2/requests/{numbers[0]}.json", "test-key");
        Assert.Contains("planted description", own, StringComparison.Ordinal);
        AssertNone(All, own, "the reporter's own answer");

        await CheckAsync(numbers[0]);
        Assert.Equal(0, await _server.StopAsync());
        AssertNone(All, _server.Output, "the server's output");
        await AssertFilesAsync();
    }

    private static string PhoneOf(string field) => $"139{7300_0000 + Place(field) * 10_007}";

    private static string IdentityOf(string field) => $"12010619{60 + Place(field):00}0712{100 + Place(field)}X";

    private static string[] MarksOf(string field) => [PhoneOf(field), IdentityOf(field)];

    private static int Place(string field) => Array.IndexOf([.. Fields, .. Moves], field) + 1;

    private static string Words(string field) => $"planted {field} {PhoneOf(field)}，{IdentityOf(field)}";

    private static string ValueOf(string field) => field switch
    {
        "media_url" => $"https://example.org/planted/{PhoneOf(field)}.jpg?id={IdentityOf(field)}",
        "phone" => PhoneOf(field),
        "email" => $"planted-{PhoneOf(field)}@example.org",
        "first_name" or "last_name" => $"planted-{field} {PhoneOf(field)}",
        _ => Words(field),
    };

    private static void AssertNone(IEnumerable<string> marks, string text, string where) =>
        Assert.All(marks, mark => Assert.False(text.Contains(mark, StringComparison.OrdinalIgnoreCase), $"{where} holds {mark}:\n{Around(text, mark)}"));

    private static string Around(string text, string mark)
    {
        var at = Math.Max(0, text.IndexOf(mark, StringComparison.OrdinalIgnoreCase));
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
    }

    private async Task<string> PlantAsync(string type, string attribute)
    {
        var fields = Fields.Where(field => field != "attribute").ToDictionary(field => field, ValueOf);
        fields["device_id"] += type;
        fields["api_key"] = "test-key";
        fields["service_code"] = type;
        fields["lat"] = "39.167";
        fields["long"] = "117.15";
        if (attribute.Length > 0)
        {
            fields[$"attribute[{attribute}]"] = Words("attribute");
        }

        foreach (var (required, value) in type switch
                 {
                     "0306" => [("attribute[company]", "planted company")],
                     "0204" => [("attribute[needs][]", await FirstValueAsync("0204", "needs"))],
                     _ => ((string, string)[])[],
                 })
        {
            fields[required] = value;
        }

        using var answer = await _server.Http.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), new FormUrlEncodedContent(fields), Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        // Some types answer with a token first.
        using var database = Databases.Open(_server.DataDirectory);
        return database.Scalar<string>("SELECT Number FROM Incidents ORDER BY Id DESC LIMIT 1");
    }

    private async Task<string> FirstValueAsync(string type, string attribute)
    {
        var definition = System.Text.Json.Nodes.JsonNode.Parse(await GetAsync($"/open311/v2/services/{type}.json", null))!;
        var asked = definition["attributes"]!.AsArray().Single(a => (string?)a!["code"] == attribute)!;
        return (string)asked["values"]![0]!["key"]!;
    }

    // Calls that are wrong in every way carry the marks too: refusals are logged.
    private async Task RefuseAsync()
    {
        foreach (var field in Fields)
        {
            using var refused = await _server.Http.PostAsync(
                new Uri($"/open311/v2/requests.json?api_key={PhoneOf(field)}&q={IdentityOf(field)}", UriKind.Relative),
                new FormUrlEncodedContent(new Dictionary<string, string> { ["service_code"] = Words(field), ["lat"] = PhoneOf(field), [Words(field)] = IdentityOf(field) }),
                Cancellation);
            Assert.InRange((int)refused.StatusCode, 400, 499);
            using var nowhere = await _server.Http.GetAsync(new Uri($"/nowhere/{PhoneOf(field)}?q={IdentityOf(field)}", UriKind.Relative), Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        }
    }

    private async Task WorkAsync(IPage page, string number)
    {
        await page.GotoAsync(Address($"/incidents/{number}"));
        await MoveAsync("Accepted", Words("accept"));
        await MoveAsync("Noted", Words("note"));
        await MoveAsync("HandlingStarted", null);
        await MoveAsync("Suspended", Words("result"), Words("approver")[..40]);

        // The worker sees what is written on the page of the case; the contact only after a reason.
        await Expect(page.Locator(".case-facts")).ToContainTextAsync(PhoneOf("description"));
        Assert.DoesNotContain(PhoneOf("phone"), await page.ContentAsync(), StringComparison.Ordinal);
        await page.Locator("[data-reveal]").ClickAsync();
        await page.Locator(".case-contact input[type=text]").FillAsync(Words("reason"));
        await page.Locator(".case-contact [data-submit]").ClickAsync();
        await Expect(page.Locator(".case-contact")).ToContainTextAsync(PhoneOf("phone"));
        AssertNone(All, page.Url, "the address of the case page");

        await page.GotoAsync(Address("/incidents"));
        await page.Locator("summary").First.ClickAsync();
        await page.Locator(".case-filters input[type=text]").First.FillAsync(PhoneOf("search"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".case-filters .mud-input-error").First).ToBeVisibleAsync();
        AssertNone(All, page.Url, "the address of a search");

        async Task MoveAsync(string move, string? text, string? approver = null)
        {
            await page.Locator($"[data-move={move}]").ClickAsync();
            if (text is not null)
            {
                await page.Locator(".case-moves form textarea").First.FillAsync(text);
            }

            if (approver is not null)
            {
                await page.Locator(".case-moves form input[type=text]").Last.FillAsync(approver);
            }

            await page.Locator(".case-moves [data-submit]").ClickAsync();
            await Expect(page.Locator(".case-moves form")).ToHaveCountAsync(0);
        }
    }

    private async Task<List<(string Where, string Text)>> OverOpen311Async(List<string> numbers)
    {
        var seen = new List<(string, string)>();
        foreach (var format in (string[])["json", "xml"])
        {
            foreach (var key in (string?[])[null, OtherKey])
            {
                seen.Add(($"list {format} {key}", await GetAsync($"/open311/v2/requests.{format}", key)));
                seen.Add(($"extended list {format} {key}", await GetAsync($"/open311/v2/requests.{format}?extensions=true", key)));
                // Of cases that are only counted nobody else hears.
                foreach (var number in numbers[..^1])
                {
                    seen.Add(($"{number} {format} {key}", await GetAsync($"/open311/v2/requests/{number}.{format}?extensions=true", key)));
                }
            }
        }

        return seen;
    }

    private async Task<List<(string Where, string Text)>> OnPagesAsync(IPage page)
    {
        var seen = new List<(string, string)>();
        foreach (var (path, ready) in ((string, string)[])[("/wall/situation", "[data-freshness=fresh]"), ("/", "[data-freshness=fresh]"), ("/incidents", "text=HQ")])
        {
            await page.GotoAsync(Address(path));
            await page.WaitForSelectorAsync(ready);
            seen.Add((path, await page.ContentAsync()));
        }

        return seen;
    }

    private async Task<string> OnTheHubAsync()
    {
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(_server.Address, "/hubs/situation"), options => options.Headers["Cookie"] = _server.Cookie).Build();
        await hub.StartAsync(Cancellation);
        return (await hub.InvokeAsync<System.Text.Json.JsonElement>("Snapshot", null, Cancellation)).GetRawText();
    }

    // Rows that differ are told with what they say.
    private async Task CheckAsync(string number)
    {
        using (var database = new SqliteConnection($"Data Source={Path.Combine(_server.DataDirectory, "hongqiao.db")};Pooling=False"))
        {
            await database.OpenAsync(Cancellation);
            database.Query($"UPDATE Incidents SET StatusNotes = '{Words("result")} changed' WHERE Number = '{number}'");
        }

        var (exit, output, error) = await AppServer.RunVerbAsync(_server.DataDirectory, "check");
        Assert.Equal(1, exit);
        Assert.Contains("StatusNotes is planted result", output, StringComparison.Ordinal);
        AssertNone(All, output + error, "check");
    }

    // What the disk holds of a contact, here and in a backup, is scrambled.
    private async Task AssertFilesAsync()
    {
        var archive = Path.Combine(_server.DataDirectory, "b.tgz");
        Assert.Equal(0, (await AppServer.RunVerbAsync(_server.DataDirectory, "backup", archive)).ExitCode);
        var copies = Platform.Backup.BackupFolder.Read(archive);
        File.Delete(archive);
        var files = Directory.EnumerateFiles(_server.DataDirectory, "*", SearchOption.AllDirectories).ToList();
        Assert.Contains(files, path => path.EndsWith(".db", StringComparison.Ordinal));
        foreach (var (name, bytes) in files.Select(path => (path, File.ReadAllBytes(path))).Concat(copies))
        {
            var text = Encoding.Latin1.GetString(bytes);
            AssertNone([.. Contact.SelectMany(MarksOf), "planted-first_name", "planted-last_name"], text, name);
        }
    }

    private async Task<string> GetAsync(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        using var answer = await _server.Http.SendAsync(request, Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {body}");
        return body;
    }

    private string Address(string path) => new Uri(_server.Address, path).ToString();
}
