using System.Text.Json.Nodes;

namespace HongqiaoDashboard.Tests.Features.Intake;

public sealed class Open311ServerTests(Open311Server server) : IClassFixture<Open311Server>
{
    [Theory]
    [InlineData("/discovery", "discovery", 200)]
    [InlineData("/v2/services", "services", 200)]
    [InlineData("/v2/services/0307", "service_definition", 200)]
    [InlineData("/v2/services/nosuch", "errors", 404)]
    [InlineData("/v2/requests", "service_requests", 200)]
    [InlineData("/v2/requests/HQ20260101-999999", "errors", 404)]
    [InlineData("/v2/nothing", "errors", 404)]
    public async Task Get_EveryMethod_SaysTheSameInJsonAndXml(string path, string root, int status)
    {
        var json = await server.GetAsync(path + ".json", "test-key");
        var xml = await server.GetAsync(path + ".xml", "test-key");

        Assert.Equal((status, status), (json.Status, xml.Status));
        Assert.Equal("application/json; charset=utf-8", json.ContentType);
        Assert.Equal("text/xml; charset=utf-8", xml.ContentType);
        Assert.Equal(root, xml.Xml.Name.LocalName);
        Assert.Equal(WireLeaves.Of(json.Json), WireLeaves.Of(xml.Xml));
        Assert.Equal("", await Open311Server.XmllintAsync(xml.Body));
    }

    [Fact]
    public async Task Get_Head_AnswersWithoutBody()
    {
        var answer = await server.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/open311/v2/services.json"));

        Assert.Equal((200, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Discovery_Url_IsWhereTheServerIs()
    {
        var answer = await server.GetAsync("/discovery.json");

        Assert.Equal(new Uri(server.App.Address, "/open311/v2").ToString(), (string?)answer.Json["endpoints"]![0]!["url"]);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("xml")]
    public async Task Post_SoundReport_IsACaseThatItsReporterReadsBack(string format)
    {
        const string words = "<script>alert('1')</script>\r\n=1+1 ]]> & 😀 电话13812345678";
        var posted = await server.PostAsync($"/v2/requests.{format}?locale=en", null,
            [("api_key", Open311Server.Key), ("service_code", "0401"), ("description", words), ("address_string", "咸阳北路 <1>"), ("media_url", "https://example.org/?a=1&b=2"), ("jurisdiction_id", "hongqiao.tianjin.cn")]);

        Assert.True(posted.Status == 200, posted.Body);
        var number = format == "json" ? (string)posted.Json[0]!["service_request_id"]! : posted.Xml.Descendants("service_request_id").Single().Value;
        var json = (await server.GetAsync($"/v2/requests/{number}.json", Open311Server.Key)).Json;
        var xml = await server.GetAsync($"/v2/requests/{number}.xml", Open311Server.Key);
        Assert.Matches(@"^HQ\d{8}-\d{6}$", number);
        Assert.Equal(words.Replace("13812345678", "138****5678", StringComparison.Ordinal), (string?)Assert.Single(json.AsArray())!["description"]);
        Assert.Equal((string?)json[0]!["description"], xml.Xml.Descendants("description").Single().Value);
        Assert.Equal(("咸阳北路 <1>", "https://example.org/?a=1&b=2"), ((string?)json[0]!["address"], (string?)json[0]!["media_url"]));
        Assert.Equal((39.167, 117.15), ((double)json[0]!["lat"]!, (double)json[0]!["long"]!));
        var requested = DateTimeOffset.Parse((string)json[0]!["requested_datetime"]!, System.Globalization.CultureInfo.InvariantCulture);
        var expected = DateTimeOffset.Parse((string)json[0]!["expected_datetime"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((TimeSpan.FromHours(8), TimeSpan.FromHours(2)), (requested.Offset, expected - requested));
        Assert.Equal("", await Open311Server.XmllintAsync(xml.Body));
    }

    [Fact]
    public async Task Post_Multipart_IsTaken()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("0307"), "service_code" }, { new StringContent("39.167"), "lat" }, { new StringContent("117.15"), "long" },
            { new StringContent("no"), "attribute[trapped]" }, { new StringContent("电梯停在三层"), "description" },
        };

        var answer = await server.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/open311/v2/requests.json") { Content = form }, Open311Server.Key);

        Assert.True(answer.Status == 200, answer.Body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong-key")]
    public async Task Post_WithoutAKeyInForce_IsForbidden(string? key)
    {
        var answer = await server.PostAsync("/v2/requests.xml", key, [("service_code", "0401")]);

        Assert.Equal(403, answer.Status);
        Assert.Equal("403", Assert.Single(answer.Xml.Elements("error")).Element("code")!.Value);
    }

    [Fact]
    public async Task Get_WithAWrongKey_IsForbidden() => Assert.Equal(403, (await server.GetAsync("/v2/requests.json", "wrong-key")).Status);

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    public async Task Get_CallerThatIsNotThisMachine_NeedsAKeyAndIsToldInTheShapeOfErrors(string header)
    {
        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/open311/v2/services.xml");
            request.Headers.Add(header, "203.0.113.7");
            return request;
        }

        Assert.Equal(200, (await server.SendAsync(Request(), Open311Server.Key)).Status);
        var answer = await server.SendAsync(Request());

        Assert.Equal((403, "text/xml; charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.Equal("403", Assert.Single(answer.Xml.Elements("error")).Element("code")!.Value);
    }

    [Theory]
    [InlineData("PUT", "/v2/requests.json", 405)]
    [InlineData("DELETE", "/v2/requests/1.json", 405)]
    [InlineData("POST", "/v2/services.json", 404)]
    [InlineData("GET", "/v2/requests", 404)]
    [InlineData("GET", "/v2/services.json?jurisdiction_id=elsewhere", 404)]
    [InlineData("GET", "/v2/services.json?jurisdiction_id=", 200)]
    [InlineData("GET", "/v2/services.json?jurisdiction_id=hongqiao.tianjin.cn", 200)]
    [InlineData("GET", "/v2/requests.json?start_date=1900-01-01", 200)]
    [InlineData("GET", "/v2/requests.json?end_date=9999-12-31", 200)]
    [InlineData("GET", "/v2/requests.json?start_date=9999-12-31T23:59:59Z", 200)]
    [InlineData("GET", "/v2/requests.json?start_date=1900-01-01&end_date=9999-12-31", 400)]
    [InlineData("GET", "/v2/requests.json?start_date=yesterday", 400)]
    [InlineData("GET", "/v2/requests.json?status=done", 400)]
    [InlineData("GET", "/v2/requests.json?service_request_id=%00,'%20OR%201=1", 200)]
    [InlineData("GET", "/v2/requests/%01%27.json", 404)]
    [InlineData("GET", "/v2/requests/%3Cscript%3E.json", 404)]
    public async Task Call_OddOrWrong_IsAnsweredInTheShapeOfTheInterface(string method, string path, int status)
    {
        var answer = await server.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/open311" + path));

        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Body}");
        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.IsType<JsonArray>(answer.Json);
        if (status >= 400)
        {
            Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)answer.Json[0]!["code"]);
        }
    }

    [Theory]
    [InlineData("description", 4000, 200)]
    [InlineData("description", 4001, 400)]
    [InlineData("padding", 20_000, 200)]
    [InlineData("padding", 40_000, 400)]
    public async Task Post_LongText_IsTakenUpToItsLimit(string field, int characters, int status)
    {
        var answer = await server.PostAsync("/v2/requests.json", Open311Server.Key, [("service_code", "0401"), (field, new string('汉', characters))]);

        Assert.True(answer.Status == status, answer.Body);
    }

    [Theory]
    [InlineData("service_code=0401&lat=39.167&long=117.15&lat=39.167", 400)]
    [InlineData("service_code=0401&lat=NaN&long=117.15", 400)]
    [InlineData("service_code=0401&lat=117.15&long=39.167", 400)]
    [InlineData("service_code=0401&lat=39.167&long=117.15&description=%00", 400)]
    [InlineData("service_code=0401&lat=39.167&long=117.15&description=%ED%A0%BD", 400)]
    [InlineData("service_code=0401&lat=39.167&long=117.15&description=100%", 400)]
    [InlineData("service_code=0903&lat=39.167&long=117.15&attribute%5Bnoticed_at%5D=1900-01-01T00:00:00Z", 200)]
    [InlineData("service_code=0903&lat=39.167&long=117.15&attribute%5Bnoticed_at%5D=9999-12-31T23:59:59Z", 200)]
    [InlineData("service_code=0903&lat=39.167&long=117.15&attribute%5Bnoticed_at%5D=9999-12-31T23:59:59-01:00", 400)]
    [InlineData("service_code=0403&lat=39.167&long=117.15&attribute%5Bsurface%5D%5B%5D=wall&attribute[surface][]=pole", 200)]
    [InlineData("service_code=nosuch&lat=39.167&long=117.15", 404)]
    [InlineData("", 400)]
    [InlineData("&&&===&", 400)]
    public async Task Post_RawForm_IsTakenOrRefused(string body, int status)
    {
        using var content = new StringContent(body, null, "application/x-www-form-urlencoded");

        var answer = await server.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/open311/v2/requests.xml") { Content = content }, Open311Server.Key);

        Assert.True(answer.Status == status, answer.Body);
        Assert.Equal("", await Open311Server.XmllintAsync(answer.Body));
    }

    [Fact]
    public async Task Post_TwentyAtOnceWithOneIdempotencyKey_MakeOneCase()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            server.PostAsync("/v2/requests.json", Open311Server.Key, [("service_code", "0401"), ("description", $"第 {i} 次")], "twenty-at-once")));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(answers.Select(answer => (string?)answer.Json[0]!["service_request_id"]).Distinct());
    }

    [Fact]
    public async Task Post_TwentyAtOnceFromOneDevice_MakeOneCase()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            server.PostAsync("/v2/requests.json", Open311Server.Key, [("service_code", "0401"), ("device_id", "phone-20"), ("description", "同一台设备")])));

        var number = Assert.Single(answers.Select(answer => (string)answer.Json[0]!["service_request_id"]!).Distinct());
        Assert.NotEqual(number, await server.ReportAsync("0401", Open311Server.Key, ("device_id", "phone-20"), ("description", "另一件事")));
        Assert.NotEqual(number, await server.ReportAsync("0401", Open311Server.OtherKey, ("device_id", "phone-20"), ("description", "同一台设备")));
    }

    [Fact]
    public async Task Post_WithoutAnyMark_MakesACaseEachTime() =>
        Assert.NotEqual(await server.ReportAsync("0401"), await server.ReportAsync("0401"));

    [Fact]
    public async Task List_ByIds_IsTheseNewestFirstWhateverElseIsAsked()
    {
        var first = await server.ReportAsync("0101");
        var second = await server.ReportAsync("0701");

        var answer = await server.GetAsync($"/v2/requests.json?service_request_id={first},{second},HQ20000101-000001&status=closed&start_date=1900-01-01");

        Assert.Equal([second, first], answer.Json.AsArray().Select(r => (string?)r!["service_request_id"]));
    }

    [Fact]
    public async Task List_ByServiceAndStatus_IsNarrowed()
    {
        var number = await server.ReportAsync("1101");

        var open = await server.GetAsync("/v2/requests.json?service_code=1101,1105&status=open");
        var closed = await server.GetAsync("/v2/requests.json?service_code=1101&status=closed");

        Assert.Equal([number], open.Json.AsArray().Select(r => (string?)r!["service_request_id"]));
        Assert.Empty(closed.Json.AsArray());
    }

    [Fact]
    public async Task List_BySpan_HoldsTheSecondThatItShows()
    {
        var number = await server.ReportAsync("1102", Open311Server.Key, ("attribute[directions][]", "east"));
        var second = (string)(await server.GetAsync($"/v2/requests/{number}.json")).Json[0]!["requested_datetime"]!;

        var held = await server.GetAsync($"/v2/requests.json?service_code=1102&start_date={second}&end_date={second}");

        Assert.Equal([number], held.Json.AsArray().Select(r => (string?)r!["service_request_id"]));
    }

    [Fact]
    public async Task List_ByPages_IsTheWholeListInItsOrder()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            numbers.Add(await server.ReportAsync("1106"));
        }

        var paged = new List<string>();
        for (var page = 1; page <= 4; page++)
        {
            var answer = await server.GetAsync($"/v2/requests.json?service_code=1106&page_size=2&page={page}");
            paged.AddRange(answer.Json.AsArray().Select(r => (string)r!["service_request_id"]!));
        }

        numbers.Reverse();
        Assert.Equal(numbers, paged);
    }

    [Fact]
    public async Task Post_RequiredAnswerThatSaysNothing_IsRefused()
    {
        var answer = await server.PostAsync("/v2/requests.json?locale=en", Open311Server.Key, [("service_code", "0602"), ("attribute[shop]", "  ")]);

        Assert.Equal(400, answer.Status);
        Assert.Contains("attribute[shop]", (string?)answer.Json[0]!["description"], StringComparison.Ordinal);
    }
}
