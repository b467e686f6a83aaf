using System.Xml.Linq;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>Every document of a real server against the tables of the specification, both formats by the same table.</summary>
public sealed class WireTableTests(Open311Server server) : IClassFixture<Open311Server>
{
    private const string Number = @"^HQ\d{8}-\d{6}$";
    private const string Code = @"^\d{4}$";

    private static readonly WireTable Errors = WireTable.ListOf("error", WireTable.Fields(("code", WireTable.Like(@"^4\d\d$")), ("description", WireTable.Said)));

    private static readonly WireTable Request = WireTable.ListOf("request", WireTable.Fields(RequestFields()));

    private static readonly WireTable Extended = WireTable.ListOf("request", WireTable.Fields(
    [
        .. RequestFields(),
        ("attributes", WireTable.Fields(("width", WireTable.Said), ("traffic", WireTable.OneOf("yes", "no")))),
        ("notes", WireTable.ListOf("note", WireTable.Fields(("datetime", WireTable.Date), ("description", WireTable.Said), ("type", WireTable.Like("^[a-z_]+$"))))),
    ]));

    private static readonly Dictionary<string, (string Root, WireTable Table)> Tables = new()
    {
        ["/discovery"] = ("discovery", WireTable.Fields(
            ("changeset", WireTable.Date), ("contact", WireTable.Said), ("key_service", WireTable.Said),
            ("endpoints", WireTable.ListOf("endpoint", WireTable.Fields(
                ("specification", WireTable.OneOf("http://wiki.open311.org/GeoReport_v2")), ("url", WireTable.Url), ("changeset", WireTable.Date),
                ("type", WireTable.OneOf("production", "test")), ("formats", WireTable.ListOf("format", WireTable.OneOf("application/json", "text/xml")))))))),
        ["/v2/services"] = ("services", WireTable.ListOf("service", WireTable.Fields(
            ("service_code", WireTable.Like(Code)), ("service_name", WireTable.Said), ("description", WireTable.Said), ("metadata", WireTable.Flag),
            ("type", WireTable.OneOf("realtime", "batch", "blackbox")), ("keywords", WireTable.Like("^[^,]+(,[^,]+)*$")), ("group", WireTable.Said)))),
    };

    private static readonly WireTable Definition = WireTable.Fields(
        ("service_code", WireTable.Like(Code)),
        ("attributes", WireTable.ListOf("attribute", WireTable.Fields(
            ("variable", WireTable.Flag), ("code", WireTable.Said),
            ("datatype", WireTable.OneOf("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")), ("required", WireTable.Flag),
            ("datatype_description", WireTable.Any), ("order", WireTable.Order), ("description", WireTable.Said),
            ("values", WireTable.ListOf("value", WireTable.Fields(("key", WireTable.Said), ("name", WireTable.Said))))))));

    private static readonly WireTable Updates = WireTable.ListOf("request_update", WireTable.Fields(
        ("update_id", WireTable.Said), ("service_request_id", WireTable.Like(Number)),
        ("status", WireTable.OneOf("open", "closed", "fixed", "in_progress", "planned", "action_scheduled", "investigating", "duplicate",
            "not_councils_responsibility", "no_further_action", "internal_referral", "cancelled", "reopen")),
        ("updated_datetime", WireTable.Date), ("description", WireTable.Said), ("media_url", WireTable.OrNothing(WireTable.Url))));

    [Theory]
    [InlineData("/discovery")]
    [InlineData("/v2/services")]
    [InlineData("/v2/services?locale=en&jurisdiction_id=hongqiao.tianjin.cn")]
    public async Task Document_WithoutCases_IsAsItsTableSays(string path)
    {
        var (root, table) = Tables[path.Split('?')[0]];
        await SoundAsync(path, root, table);
    }

    [Fact]
    public async Task Definitions_OfAllServices_AreAsTheirTableSays()
    {
        foreach (var service in (await server.GetAsync("/v2/services.json")).Json.AsArray())
        {
            var code = (string)service!["service_code"]!;
            var definition = await SoundAsync($"/v2/services/{code}", "service_definition", Definition);
            Assert.Equal(code, (string?)definition.Json["service_code"]);
            Assert.Equal((bool)service["metadata"]!, definition.Json["attributes"]!.AsArray().Count > 0);
            Assert.Equal(Enumerable.Range(1, definition.Json["attributes"]!.AsArray().Count), definition.Json["attributes"]!.AsArray().Select(a => (int)a!["order"]!));
        }
    }

    [Theory]
    [InlineData("json")]
    [InlineData("xml")]
    public async Task Receipt_InItsFormat_IsAsItsTableSays(string format)
    {
        var posted = await server.PostAsync($"/v2/requests.{format}", Open311Server.Key, [("service_code", "0401")]);

        Sound(posted, format, "service_requests", WireTable.ListOf("request", WireTable.Fields(
            ("service_request_id", WireTable.Like(Number)), ("service_notice", WireTable.Said), ("account_id", WireTable.OrNothing(WireTable.Said)))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Open311Server.Key)]
    public async Task Requests_BeforeAnyReader_AreAsTheirTableSays(string? key)
    {
        var number = await server.ReportAsync("0401", Open311Server.Key, ("description", "<一> & \"二\"\r\n三"), ("address_string", "某路"), ("media_url", "https://example.org/1.jpg?a&b"));
        await server.ReportAsync("0501");

        Assert.Single((await SoundAsync($"/v2/requests/{number}", "service_requests", Request, key)).Json.AsArray());
        Assert.True((await SoundAsync("/v2/requests", "service_requests", Request, key)).Json.AsArray().Count >= 2);
        Assert.Single((await SoundAsync("/v2/requests?page_size=1&page=2", "service_requests", Request, key)).Json.AsArray());
        Assert.Empty((await SoundAsync("/v2/requests?page=1000", "service_requests", Request, key)).Json.AsArray());
    }

    [Fact]
    public async Task Requests_WithExtensionsAndUpdates_AreAsTheirTablesSay()
    {
        var number = await server.ReportAsync("0702", Open311Server.Key, ("attribute[width]", "1.5"), ("attribute[traffic]", "yes"));
        foreach (var format in (string[])["json", "xml"])
        {
            var posted = await server.PostAsync($"/v2/servicerequestupdates.{format}", Open311Server.Key,
                [("service_request_id", number), ("update_id", format), ("status", "OPEN"), ("updated_datetime", "2026-01-05T08:30:00+08:00"), ("description", "<新> & \"旧\"")]);
            Sound(posted, format, "service_request_updates", WireTable.ListOf("request_update", WireTable.Fields(("update_id", WireTable.OneOf(format)))));
        }

        await SoundAsync($"/v2/requests/{number}?extensions=true", "service_requests", Extended, Open311Server.Key);
        var own = await SoundAsync("/v2/servicerequestupdates", "service_request_updates", Updates, Open311Server.Key);
        var others = await SoundAsync("/v2/servicerequestupdates", "service_request_updates", Updates);

        Assert.Equal(["json", "xml"], own.Json.AsArray().Where(u => (string?)u!["service_request_id"] == number).Select(u => (string?)u!["update_id"]));
        Assert.Equal(2, others.Json.AsArray().Count(u => (string?)u!["service_request_id"] == number));
    }

    [Theory]
    [InlineData("/v2/services/nosuch")]
    [InlineData("/v2/services?jurisdiction_id=elsewhere")]
    [InlineData("/discovery?jurisdiction_id=elsewhere")]
    [InlineData("/v2/requests/nosuch")]
    [InlineData("/v2/requests/nosuch?extensions=maybe")]
    [InlineData("/v2/tokens/nosuch")]
    [InlineData("/v2/requests?page_size=0&page=x&status=done&start_date=never")]
    [InlineData("/v2/servicerequestupdates?end_date=never")]
    [InlineData("/v2/requests?api_key=wrong")]
    [InlineData("/v3/requests")]
    public async Task Refusal_OfAnyCall_IsAsItsTableSays(string path) => await SoundAsync(path, "errors", Errors);

    private static (string Name, WireTable Is)[] RequestFields() =>
    [
        ("service_request_id", WireTable.Like(Number)), ("status", WireTable.OneOf("open", "closed")), ("status_notes", WireTable.OrNothing(WireTable.Said)),
        ("service_name", WireTable.Said), ("service_code", WireTable.Like(Code)), ("description", WireTable.OrNothing(WireTable.Any)),
        ("agency_responsible", WireTable.Said), ("service_notice", WireTable.OrNothing(WireTable.Said)), ("requested_datetime", WireTable.Date),
        ("updated_datetime", WireTable.Date), ("expected_datetime", WireTable.OrNothing(WireTable.Date)), ("address", WireTable.OrNothing(WireTable.Said)),
        ("address_id", WireTable.OrNothing(WireTable.Said)), ("zipcode", WireTable.OrNothing(WireTable.Said)), ("lat", WireTable.Degrees(90)),
        ("long", WireTable.Degrees(180)), ("media_url", WireTable.OrNothing(WireTable.Url)),
    ];

    private static void Sound(Answer answer, string format, string root, WireTable table)
    {
        Assert.Equal(format == "xml" ? "text/xml; charset=utf-8" : "application/json; charset=utf-8", answer.ContentType);
        if (format == "json")
        {
            Assert.Empty(table.Faults(answer.Json));
            return;
        }

        Assert.StartsWith("""<?xml version="1.0" encoding="utf-8"?>""", answer.Body, StringComparison.Ordinal);
        Assert.Equal(XName.Get(root), answer.Xml.Name);
        Assert.Empty(table.Faults(answer.Xml));
    }

    // Answers in JSON, having held it and its XML against the table, and XML against libxml2.
    private async Task<Answer> SoundAsync(string path, string root, WireTable table, string? key = null)
    {
        var at = path.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? mark : path.Length;
        var json = await server.GetAsync(path.Insert(at, ".json"), key);
        var xml = await server.GetAsync(path.Insert(at, ".xml"), key);
        Assert.Equal(json.Status, xml.Status);
        Sound(json, "json", root, table);
        Sound(xml, "xml", root, table);
        Assert.Equal("", await Open311Server.XmllintAsync(xml.Body));
        return json;
    }
}
