using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake.Open311;
using HongqiaoDashboard.Tests.Features.Grids;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>The wire, letter by letter. JSON is compared as a tree, because escapes are the writer's business.</summary>
public sealed class GoldenDocumentTests
{
    private const string Declaration = """<?xml version="1.0" encoding="utf-8"?>""";
    private const string Owner = "0123456789abcdef";

    private static readonly CultureInfo Zh = Open311Texts.Chinese;
    private static readonly CultureInfo En = Open311Texts.English;

    private static readonly ServiceDocuments Services = new(IntakeSamples.Catalog, Options.Create(new Open311Options { Contact = "联系人", KeyService = "密钥" }), new Production());
    private static readonly RequestDocuments Requests = new(
        IntakeSamples.Catalog, IntakeSamples.Grids, new Disclosure(IntakeSamples.Catalog, IntakeSamples.Grids), new CaseEntryWords(IntakeSamples.Catalog));

    [Fact]
    public void Discovery_BothFormats_AreAsSpecified() => Golden(
        Services.Discovery("http://localhost/open311/v2"),
        """
        {"changeset":"2026-11-23T00:00:00+08:00","contact":"联系人","key_service":"密钥","endpoints":[{"specification":"http://wiki.open311.org/GeoReport_v2",
        "url":"http://localhost/open311/v2","changeset":"2026-11-23T00:00:00+08:00","type":"production","formats":["application/json","text/xml"]}]}
        """,
        "<discovery><changeset>2026-11-23T00:00:00+08:00</changeset><contact>联系人</contact><key_service>密钥</key_service><endpoints><endpoint>"
        + "<specification>http://wiki.open311.org/GeoReport_v2</specification><url>http://localhost/open311/v2</url><changeset>2026-11-23T00:00:00+08:00</changeset>"
        + "<type>production</type><formats><format>application/json</format><format>text/xml</format></formats></endpoint></endpoints></discovery>");

    [Fact]
    public void Services_InJson_AreOneObjectAType()
    {
        var services = Json(Services.Services(En)).AsArray();

        Assert.Equal(IntakeSamples.Catalog.Categories.Sum(c => c.Types.Count), services.Count);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"service_code":"0401","service_name":"Exposed refuse","description":"Refuse left on roads or in estates","metadata":false,"type":"realtime","keywords":"垃圾,清运,refuse","group":"City appearance"}"""),
            services.Single(s => (string?)s!["service_code"] == "0401")));
    }

    [Fact]
    public void Services_InXml_AreOneElementAType()
    {
        var xml = Xml(Services.Services(Zh));

        Assert.StartsWith(Declaration + "<services><service><service_code>0101</service_code>", xml, StringComparison.Ordinal);
        Assert.Contains(
            "<service><service_code>0401</service_code><service_name>暴露垃圾</service_name><description>道路、小区内未及时清运的垃圾</description>"
            + "<metadata>false</metadata><type>realtime</type><keywords>垃圾,清运,refuse</keywords><group>市容环境</group></service>",
            xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Definition_BothFormats_AreAsSpecified() => Golden(
        Services.Definition("0307", Zh)!,
        """
        {"service_code":"0307","attributes":[
        {"variable":true,"code":"trapped","datatype":"singlevaluelist","required":true,"datatype_description":"","order":1,"description":"是否有人被困","values":[{"key":"yes","name":"是"},{"key":"no","name":"否"}]},
        {"variable":true,"code":"registration","datatype":"string","required":false,"datatype_description":"轿厢内标牌上的编号","order":2,"description":"电梯登记编号","values":[]}]}
        """,
        "<service_definition><service_code>0307</service_code><attributes>"
        + "<attribute><variable>true</variable><code>trapped</code><datatype>singlevaluelist</datatype><required>true</required><datatype_description></datatype_description>"
        + "<order>1</order><description>是否有人被困</description><values><value><key>yes</key><name>是</name></value><value><key>no</key><name>否</name></value></values></attribute>"
        + "<attribute><variable>true</variable><code>registration</code><datatype>string</datatype><required>false</required><datatype_description>轿厢内标牌上的编号</datatype_description>"
        + "<order>2</order><description>电梯登记编号</description><values /></attribute></attributes></service_definition>");

    [Fact]
    public void Definition_UnknownService_IsNone() => Assert.Null(Services.Definition("9999", Zh));

    [Fact]
    public void Receipt_BothFormats_AreAsSpecified() => Golden(
        Requests.Receipt(IntakeSamples.Case, null, Zh),
        """[{"service_request_id":"HQ20260105-000001","service_notice":"承诺于 2026年1月5日 10:30 前处置完毕。","account_id":null}]""",
        "<service_requests><request><service_request_id>HQ20260105-000001</service_request_id><service_notice>承诺于 2026年1月5日 10:30 前处置完毕。</service_notice><account_id /></request></service_requests>");

    [Fact]
    public void Request_BeforeAnyone_HasNoWordOfTheReporter() => Golden(
        Requests.Requests([IntakeSamples.Case], null, Zh),
        """
        [{"service_request_id":"HQ20260105-000001","status":"open","status_notes":null,"service_name":"暴露垃圾","service_code":"0401","description":null,
        "agency_responsible":"城市管理委员会","service_notice":"承诺于 2026年1月5日 10:30 前处置完毕。","requested_datetime":"2026-01-05T08:30:00+08:00",
        "updated_datetime":"2026-01-05T08:30:00+08:00","expected_datetime":"2026-01-05T10:30:00+08:00","address":null,"address_id":null,"zipcode":null,
        "lat":39.167,"long":117.15,"media_url":null}]
        """,
        "<service_requests><request><service_request_id>HQ20260105-000001</service_request_id><status>open</status><status_notes /><service_name>暴露垃圾</service_name>"
        + "<service_code>0401</service_code><description /><agency_responsible>城市管理委员会</agency_responsible><service_notice>承诺于 2026年1月5日 10:30 前处置完毕。</service_notice>"
        + "<requested_datetime>2026-01-05T08:30:00+08:00</requested_datetime><updated_datetime>2026-01-05T08:30:00+08:00</updated_datetime>"
        + "<expected_datetime>2026-01-05T10:30:00+08:00</expected_datetime><address /><address_id /><zipcode /><lat>39.167</lat><long>117.15</long><media_url /></request></service_requests>");

    [Fact]
    public void Request_BeforeItsReporter_IsFullWithNumbersMasked() => Golden(
        Requests.Requests([IntakeSamples.Case with { State = IncidentState.Handling, Department = "zhujian", StatusNotes = "已联系 13812345678" }], Owner, En),
        """
        [{"service_request_id":"HQ20260105-000001","status":"open","status_notes":"已联系 138****5678","service_name":"Exposed refuse","service_code":"0401",
        "description":"张先生 138****5678：垃圾 <b>没人清</b>","agency_responsible":"Housing and Construction Commission",
        "service_notice":"Promised to be dealt with by 5 Jan 2026, 10:30.","requested_datetime":"2026-01-05T08:30:00+08:00","updated_datetime":"2026-01-05T08:30:00+08:00",
        "expected_datetime":"2026-01-05T10:30:00+08:00","address":"佳园里3号楼，电话138****5678","address_id":null,"zipcode":null,
        "lat":39.167,"long":117.15,"media_url":"https://example.org/1.jpg?a=1&b=2"}]
        """,
        "<service_requests><request><service_request_id>HQ20260105-000001</service_request_id><status>open</status><status_notes>已联系 138****5678</status_notes><service_name>Exposed refuse</service_name>"
        + "<service_code>0401</service_code><description>张先生 138****5678：垃圾 &lt;b&gt;没人清&lt;/b&gt;</description><agency_responsible>Housing and Construction Commission</agency_responsible>"
        + "<service_notice>Promised to be dealt with by 5 Jan 2026, 10:30.</service_notice><requested_datetime>2026-01-05T08:30:00+08:00</requested_datetime>"
        + "<updated_datetime>2026-01-05T08:30:00+08:00</updated_datetime><expected_datetime>2026-01-05T10:30:00+08:00</expected_datetime><address>佳园里3号楼，电话138****5678</address>"
        + "<address_id /><zipcode /><lat>39.167</lat><long>117.15</long><media_url>https://example.org/1.jpg?a=1&amp;b=2</media_url></request></service_requests>");

    [Fact]
    public void Errors_BothFormats_AreAnArrayOfCodeAndDescription() => Golden(
        RequestDocuments.Errors([Open311Fault.Unknown("ServiceUnknown", "9999"), Open311Fault.BadCall("ParameterTwice", "lat")], En),
        """[{"code":"404","description":"There is no service 9999; services lists them all."},{"code":"400","description":"lat stands more than once; send it once."}]""",
        "<errors><error><code>404</code><description>There is no service 9999; services lists them all.</description></error>"
        + "<error><code>400</code><description>lat stands more than once; send it once.</description></error></errors>");

    [Theory]
    [InlineData(IncidentState.Reported, "open", null)]
    [InlineData(IncidentState.Accepted, "open", null)]
    [InlineData(IncidentState.Dispatched, "open", null)]
    [InlineData(IncidentState.CheckedIn, "open", null)]
    [InlineData(IncidentState.Handling, "open", null)]
    [InlineData(IncidentState.Suspended, "open", "已挂账。")]
    [InlineData(IncidentState.Resolved, "open", "已处置，待核查。")]
    [InlineData(IncidentState.Verified, "open", "已核查，待结案。")]
    [InlineData(IncidentState.Closed, "closed", "已结案。")]
    [InlineData(IncidentState.Rejected, "closed", "不予受理。")]
    [InlineData(IncidentState.Merged, "closed", "已并入案件 HQ20260104-000009，请查询该案件。")]
    public void Request_InEveryState_TellsItWithoutWordsOfItsMover(IncidentState state, string status, string? notes)
    {
        var request = One(IntakeSamples.Case with { State = state, StatusNotes = "王某 13812345678", MergedInto = "HQ20260104-000009" }, null);

        Assert.Equal((status, notes), ((string?)request["status"], (string?)request["status_notes"]));
    }

    [Theory]
    [InlineData(IncidentState.Handling, "2026-01-05T02:30:00Z", "2026-01-05T10:30:00+08:00")]
    [InlineData(IncidentState.Resolved, "2026-01-06T16:00:00Z", "2026-01-07T00:00:00+08:00")]
    [InlineData(IncidentState.Closed, null, "2026-01-07T00:00:00+08:00")]
    [InlineData(IncidentState.Suspended, null, null)]
    [InlineData(IncidentState.Rejected, null, null)]
    [InlineData(IncidentState.Merged, null, null)]
    public void ExpectedDatetime_InEveryState_IsThePromise(IncidentState state, string? due, string? expected) => Assert.Equal(
        expected, (string?)One(IntakeSamples.Case with { State = state, DueAt = due is null ? null : IntakeSamples.At(due) }, null)["expected_datetime"]);

    [Theory]
    [InlineData("05", "0501")]
    [InlineData("02", "0201")]
    [InlineData("77", "7701")]
    public void Point_SensitiveOrUnknownCategory_IsTheCentreOfTheGridForOthersOnly(string category, string type)
    {
        var incident = IntakeSamples.Case with { Category = category, Type = type };
        var centre = GridSamples.Shipped.Find(incident.GridCode)!.Centre;

        var others = One(incident, "fedcba9876543210");
        var own = One(incident, Owner);

        Assert.Equal((centre.Latitude, centre.Longitude), ((double)others["lat"]!, (double)others["long"]!));
        Assert.Equal((incident.Latitude, incident.Longitude), ((double)own["lat"]!, (double)own["long"]!));
        Assert.NotEqual(centre.Latitude, incident.Latitude);
    }

    [Fact]
    public void Point_SensitiveCaseOfAGridThatIsGone_IsNotTold()
    {
        var request = One(IntakeSamples.Case with { Category = "05", Type = "0501", GridCode = "999999999999999" }, null);

        Assert.Null(request["lat"]);
        Assert.Null(request["long"]);
    }

    private static JsonNode One(Incident incident, string? reporter) => Assert.Single(Json(Requests.Requests([incident], reporter, Zh)).AsArray())!;

    private static void Golden(WireDocument document, string json, string xml)
    {
        Assert.Equal(JsonNode.Parse(json)!.ToJsonString(), Json(document).ToJsonString());
        Assert.Equal(Declaration + xml, Xml(document));
    }

    private static JsonNode Json(WireDocument document) => JsonNode.Parse(WireJson.Write(document).Span)!;

    private static string Xml(WireDocument document) => Encoding.UTF8.GetString(WireXml.Write(document).Span);

    private sealed class Production : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
