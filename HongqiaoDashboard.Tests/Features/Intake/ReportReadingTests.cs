using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake.Open311;

namespace HongqiaoDashboard.Tests.Features.Intake;

public sealed class ReportReadingTests
{
    private const string Reporter = "0123456789abcdef";

    private static readonly ReportReading Reading = new(IntakeSamples.Catalog, IntakeSamples.Grids);

    [Fact]
    public void Read_EveryField_IsKeptVerbatim()
    {
        var words = "<script>alert(1)</script>\r\n=HYPERLINK(\"x\")\t😀 ' OR 1=1 --";
        var report = Read(null, ("description", words), ("address_string", "咸阳北路"), ("media_url", "https://example.org/照片.jpg"),
            ("first_name", "三"), ("last_name", "张"), ("phone", "13812345678"), ("email", "a@example.org"), ("unknown", "ignored"));

        Assert.Equal((words, "咸阳北路", "https://example.org/照片.jpg"), (report.Description, report.Address, report.MediaUrl));
        Assert.Equal(new ReporterContact("三", "张", "13812345678", "a@example.org"), report.Contact);
        Assert.Equal(("0401", "open311", Reporter), (report.Type, report.Source, report.Reporter));
        Assert.Equal(IntakeSamples.Inside, report.Point);
        Assert.Null(report.IdempotencyKey);
    }

    [Fact]
    public void Read_DescriptionOfFourThousandCharacters_IsTaken() =>
        Assert.Equal(4000, Read(null, ("description", new string('汉', 4000))).Description.Length);

    [Fact]
    public void Read_NothingButServiceAndPoint_IsEnough()
    {
        var report = Read(null);

        Assert.Equal("", report.Description);
        Assert.Null(report.Contact);
        Assert.Null(report.Attributes);
    }

    public static TheoryData<string, string, string> Hostile => new()
    {
        { "description", new string('汉', 4001), "TextTooLong" },
        { "description", "a\0b", "CharactersRefused" },
        { "description", "\uD83D", "CharactersRefused" },
        { "description", "\u001B[31mred", "CharactersRefused" },
        { "description", "\uFFFE", "CharactersRefused" },
        { "address_string", "a\nb", "CharactersRefusedInLine" },
        { "address_string", new string('路', 501), "TextTooLong" },
        { "email", new string('a', 255), "TextTooLong" },
        { "phone", new string('1', 41), "TextTooLong" },
        { "first_name", new string('三', 101), "TextTooLong" },
        { "last_name", "张\r\nSet-Cookie: a=b", "CharactersRefusedInLine" },
        { "device_id", new string('d', 201), "TextTooLong" },
        { "account_id", "a\tb", "CharactersRefusedInLine" },
        { "media_url", "javascript:alert(1)", "MediaUrlWrong" },
        { "media_url", "/relative.jpg", "MediaUrlWrong" },
        { "media_url", "file:///etc/passwd", "MediaUrlWrong" },
        { "media_url", "https://example.org/a b", "MediaUrlWrong" },
        { "media_url", "https://example.org/" + new string('a', 2000), "TextTooLong" },
        { "lat", "NaN", "CoordinateWrong" },
        { "lat", "Infinity", "CoordinateWrong" },
        { "lat", "-∞", "CoordinateWrong" },
        { "lat", "1e999", "CoordinateWrong" },
        { "lat", "39,167", "CoordinateWrong" },
        { "lat", "３９.１", "CoordinateWrong" },
        { "lat", "0x27", "CoordinateWrong" },
        { "lat", "=39.167", "CoordinateWrong" },
        { "lat", "91", "PointOutOfRange" },
        { "long", "-180.5", "PointOutOfRange" },
        { "lat", "39.9", "PointOutside" },
        { "lat", "", "PointIncomplete" },
        { "long", " ", "PointIncomplete" },
        { "datum", "epsg:4326", "DatumUnknown" },
        { "attribute[x]", "1", "AttributeUnknown" },
        { "attribute[]", "1", "AttributeUnknown" },
        { "attribute[x", "1", "AttributeUnknown" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Read_HostileField_IsRefusedByName(string field, string value, string fault)
    {
        var refused = Assert.Throws<Open311FaultException>(() => Read(null, (field, value)));

        var found = Assert.Single(refused.Faults);
        Assert.Equal((400, fault), (found.Status, found.Key));
        Assert.All((CultureInfo[])[Open311Texts.Chinese, Open311Texts.English], language =>
            Assert.DoesNotContain("{", Open311Texts.Get(language, found.Key, found.Arguments), StringComparison.Ordinal));
    }

    [Fact]
    public void Read_SwappedCoordinates_AreToldApart() => Assert.Equal("PointSwapped", Fault(("lat", "117.15"), ("long", "39.167")).Key);

    [Fact]
    public void Read_PointOutside_NamesTheDistrict()
    {
        var fault = Fault(("lat", "39.9"));

        Assert.Contains("红桥区", Open311Texts.Get(Open311Texts.Chinese, fault.Key, fault.Arguments), StringComparison.Ordinal);
        Assert.Contains("Hongqiao District", Open311Texts.Get(Open311Texts.English, fault.Key, fault.Arguments), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("address_string", "AddressOnly")]
    [InlineData("address_id", "AddressOnly")]
    [InlineData("description", "PointMissing")]
    public void Read_WithoutCoordinates_SaysThatTheyAreNeeded(string other, string fault) =>
        Assert.Equal(fault, Fault(("lat", ""), ("long", ""), (other, "某路1号")).Key);

    [Theory]
    [InlineData(null, "ServiceCodeMissing", 400)]
    [InlineData("9999", "ServiceUnknown", 404)]
    [InlineData("0401\0", "ServiceUnknown", 404)]
    [InlineData("04", "ServiceUnknown", 404)]
    public void Read_WithoutAServiceThatExists_IsRefused(string? service, string fault, int status)
    {
        var found = Fault(("service_code", service ?? ""));

        Assert.Equal((fault, status), (found.Key, found.Status));
    }

    [Fact]
    public void Read_FieldThatStandsTwice_IsRefused()
    {
        var fields = new FormFields([("service_code", "0401"), ("lat", "39.167"), ("long", "117.15"), ("lat", "39.167")]);

        var refused = Assert.Throws<Open311FaultException>(() => Reading.Read(fields, Reporter, null));

        Assert.Equal(("ParameterTwice", "lat"), (Assert.Single(refused.Faults).Key, refused.Faults[0].Arguments[0]));
    }

    [Fact]
    public void Read_SeveralFaults_AreToldAtOnce()
    {
        var refused = Assert.Throws<Open311FaultException>(() => Read(null, ("lat", "x"), ("media_url", "x"), ("phone", "1\n2")));

        Assert.Equal(["CoordinateWrong", "MediaUrlWrong", "CharactersRefusedInLine"], refused.Faults.Select(f => f.Key));
    }

    [Theory]
    [InlineData("gcj02", GeoDatum.Gcj02)]
    [InlineData("BD09", GeoDatum.Bd09)]
    [InlineData("wgs84", GeoDatum.Wgs84)]
    public void Read_PointOfAnotherDatum_IsConvertedAtTheDoor(string datum, GeoDatum from)
    {
        var sent = Datums.FromWgs84(IntakeSamples.Inside, from);

        var report = Read(null, ("lat", sent.Latitude.ToString("R", CultureInfo.InvariantCulture)), ("long", sent.Longitude.ToString("R", CultureInfo.InvariantCulture)), ("datum", datum));

        Assert.Equal(IntakeSamples.Inside.Latitude, report.Point.Latitude, 1e-7);
        Assert.Equal(IntakeSamples.Inside.Longitude, report.Point.Longitude, 1e-7);
    }

    [Theory]
    [InlineData("0603", "attribute[stalls]", "30", """{"stalls":"30"}""")]
    [InlineData("0603", "attribute[stalls]", "3e1", """{"stalls":"3e1"}""")]
    [InlineData("0307", "attribute[trapped]", "no", """{"trapped":"no"}""")]
    [InlineData("0307", "attribute[trapped][]", "no", """{"trapped":"no"}""")]
    [InlineData("0403", "attribute[surface][]", "wall", """{"surface":["wall"]}""")]
    [InlineData("0403", "attribute[surface]", "wall", """{"surface":["wall"]}""")]
    [InlineData("0903", "attribute[noticed_at]", "2026-01-05T08:30:00+08:00", "{\"noticed_at\":\"2026-01-05T08:30:00\\u002B08:00\"}")]
    [InlineData("1006", "attribute[request]", "两行\n文字", """{"request":"两行\n文字"}""")]
    [InlineData("0502", "attribute[estate]", "佳园里", """{"estate":"佳园里"}""")]
    public void Read_AnswerOfItsDatatype_IsStored(string service, string name, string value, string stored) =>
        Assert.Equal(stored, Read(null, ("service_code", service), (name, value)).Attributes);

    [Fact]
    public void Read_ListOfAnswers_IsStoredOnceEach()
    {
        var fields = new FormFields([("service_code", "0403"), ("lat", "39.167"), ("long", "117.15"),
            ("attribute[surface][]", "wall"), ("attribute[surface][]", "pole"), ("attribute[surface][]", "wall")]);

        Assert.Equal("""{"surface":["wall","pole"]}""", Reading.Read(fields, Reporter, null).Attributes);
    }

    [Theory]
    [InlineData("0603", "attribute[stalls]", "thirty", "AttributeNotNumber")]
    [InlineData("0603", "attribute[stalls]", "NaN", "AttributeNotNumber")]
    [InlineData("0603", "attribute[stalls]", "", "AttributeMissing")]
    [InlineData("0307", "attribute[trapped]", "maybe", "AttributeNotListed")]
    [InlineData("0403", "attribute[surface][]", "sky", "AttributeNotListed")]
    [InlineData("0903", "attribute[noticed_at]", "2026-01-05T08:30:00", "AttributeNotDate")]
    [InlineData("0903", "attribute[noticed_at]", "9999-12-31T23:59:59-08:00", "AttributeNotDate")]
    [InlineData("1006", "attribute[request]", "a\0", "CharactersRefused")]
    [InlineData("0502", "attribute[estate]", "a\nb", "CharactersRefusedInLine")]
    public void Read_AnswerOfAnotherDatatype_IsRefused(string service, string name, string value, string fault) =>
        Assert.Equal(fault, Fault(("service_code", service), (name, value)).Key);

    [Fact]
    public void Read_TwoAnswersToAQuestionOfOne_AreRefused() =>
        Assert.Equal("AttributeOnce", Fault(("service_code", "0307"), ("attribute[trapped]", "no"), ("attribute[trapped][]", "yes")).Key);

    [Fact]
    public void Idempotency_SameHeader_IsTheSameMarkWhateverTheBody()
    {
        var first = Read("key-1", ("description", "a"));
        var second = Read("key-1", ("description", "b"));

        Assert.Equal(first.IdempotencyKey, second.IdempotencyKey);
        Assert.Null(first.IdempotencyWindow);
        Assert.DoesNotContain("key-1", first.IdempotencyKey!, StringComparison.Ordinal);
        Assert.NotEqual(first.IdempotencyKey, Read("key-2", ("description", "a")).IdempotencyKey);
        Assert.NotEqual(first.IdempotencyKey, Reading.Read(Form(("description", "a")), "fedcba9876543210", "key-1").IdempotencyKey);
    }

    [Fact]
    public void Idempotency_SameBodyOfADevice_IsTheSameMarkForTenMinutes()
    {
        var first = Read(null, ("device_id", "phone-1"), ("description", "a"));

        Assert.Equal(TimeSpan.FromMinutes(10), first.IdempotencyWindow);
        Assert.Equal(first.IdempotencyKey, Read(null, ("description", "a"), ("device_id", "phone-1"), ("api_key", "another way to send it")).IdempotencyKey);
        Assert.NotEqual(first.IdempotencyKey, Read(null, ("device_id", "phone-2"), ("description", "a")).IdempotencyKey);
        Assert.NotEqual(first.IdempotencyKey, Read(null, ("device_id", "phone-1"), ("description", "b")).IdempotencyKey);
        Assert.NotEqual(first.IdempotencyKey, Read(null, ("device_id", "phone-1"), ("description", "a"), ("unknown", "1")).IdempotencyKey);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("钥匙")]
    [InlineData("a\u007F")]
    public void Idempotency_HeaderThatIsNotVisibleAscii_IsRefused(string header) =>
        Assert.Equal("IdempotencyKeyWrong", Assert.Single(Assert.Throws<Open311FaultException>(() => Read(header)).Faults).Key);

    [Fact]
    public void Idempotency_HeaderOfTwoHundredCharacters_IsTheLongest()
    {
        Assert.NotNull(Read(new string('k', 200)).IdempotencyKey);
        Assert.Throws<Open311FaultException>(() => Read(new string('k', 201)));
    }

    private static Open311Fault Fault(params (string Name, string Value)[] fields) =>
        Assert.Single(Assert.Throws<Open311FaultException>(() => Read(null, fields)).Faults);

    private static ReportIncident Read(string? header, params (string Name, string Value)[] fields) => Reading.Read(Form(fields), Reporter, header);

    // A sound form with some fields put in place of its own.
    private static FormFields Form(params (string Name, string Value)[] fields)
    {
        (string Name, string Value)[] sound = [("service_code", "0401"), ("lat", "39.167"), ("long", "117.15")];
        return new FormFields([.. sound.ExceptBy(fields.Select(f => f.Name), f => f.Name), .. fields]);
    }
}
