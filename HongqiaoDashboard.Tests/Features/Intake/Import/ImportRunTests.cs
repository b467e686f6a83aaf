using System.Text;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake.Import;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using static HongqiaoDashboard.Tests.Features.Intake.Import.ImportSamples;

namespace HongqiaoDashboard.Tests.Features.Intake.Import;

public sealed class ImportRunTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Run_OverAFileWithGoodAndBadRows_KeepsTheGoodOnesAndNamesLineColumnAndReasonOfTheOthers()
    {
        var imported = await _database.ImportAsync(File(Row("1"), Row("2", type: "abc"), Row("3"), "4,too,few"));

        Assert.Equal((2, 0, 2), imported.Counts);
        Assert.Equal(
            [(3, "type", "UnknownType"), (5, null, "ColumnCount")],
            imported.Faults.Select(fault => ((int)fault.Line, fault.Column, fault.Reason.Code)));
        Assert.Equal(File(Row("2", type: "abc"), "4,too,few"), imported.Rows);
        Assert.Equal(["import:1", "import:3"], Cases().Select(incident => incident.ExternalId));
    }

    [Fact]
    public async Task Run_OverTheRefusedRowsOnceMended_ImportsThem()
    {
        var first = await _database.ImportAsync(File(Row("1"), Row("2", type: "abc"), "3,0401,\"yesterday\n or so\"," + Place + ","));
        var mended = await _database.ImportAsync(first.Rows.Replace("abc", "0401", StringComparison.Ordinal).Replace("\"yesterday\n or so\"", "2024-01-01T00:00:00Z", StringComparison.Ordinal));

        Assert.Equal((2, 0, 0), mended.Counts);
        Assert.Equal(3, Cases().Count);
    }

    [Fact]
    public async Task Run_OverTheSameFileTwice_ImportsNothingTheSecondTime()
    {
        var file = File([.. Enumerable.Range(0, 700).Select(id => Row($"{id}"))]);
        Assert.Equal((700, 0, 0), (await _database.ImportAsync(file)).Counts);
        Assert.Equal((0, 700, 0), (await _database.ImportAsync(file)).Counts);
        Assert.Equal(700, Cases().Count);
    }

    [Fact]
    public async Task Run_TwiceAtOnce_ImportsEachRowOnce()
    {
        var file = File([.. Enumerable.Range(0, 600).Select(id => Row($"{id}"))]);
        var both = await Task.WhenAll(_database.ImportAsync(file, options: new() { BatchLength = 20 }), _database.ImportAsync(file, options: new() { BatchLength = 30 }));

        Assert.Equal((600, 600), (both.Sum(one => one.Counts.Imported), both.Sum(one => one.Counts.Known)));
        Assert.Equal(600, Cases().Count);
    }

    [Fact]
    public async Task Run_Dry_JudgesEverythingAndStoresNothing()
    {
        await _database.ImportAsync(File(Row("1")));
        using var connection = Databases.Open(_database.DataDirectory);
        string Trace() => string.Join('|', connection.Query("SELECT Name, Last FROM Sequences ORDER BY Name").Select(row => string.Join(':', row)));
        var before = Trace();

        var dry = await _database.ImportAsync(File(Row("1"), Row("2"), Row("3", type: "x")), options: new() { IsDryRun = true });

        Assert.Equal((1, 1, 1), dry.Counts);
        Assert.Single(Cases());
        Assert.Equal(before, Trace());
    }

    [Fact]
    public async Task Run_Cancelled_StopsBetweenBatchesAndGoesOnWithTheSameFile()
    {
        using var cancel = new CancellationTokenSource();
        var file = File([.. Enumerable.Range(0, 2000).Select(id => Row($"{id}"))]);
        var clock = _database.Clock;
        clock.AutoAdvanceAmount = TimeSpan.FromSeconds(1);
        var stopped = await _database.ImportAsync(file, options: new() { BatchLength = 10 }, progress: _ => cancel.Cancel(), cancellation: cancel.Token);

        Assert.Equal(ImportEnd.Cancelled, stopped.Result.End);
        Assert.InRange(stopped.Counts.Imported, 10, 1990);
        Assert.Equal(stopped.Counts.Imported, Cases().Count);

        var rest = await _database.ImportAsync(file);
        Assert.Equal((2000 - stopped.Counts.Imported, stopped.Counts.Imported), (rest.Counts.Imported, rest.Counts.Known));
    }

    [Fact]
    public async Task Run_WithAnIdentityTwiceInTheFile_RefusesTheSecondAndNamesTheLineOfTheFirst()
    {
        var imported = await _database.ImportAsync(File(Row("1", type: "x"), Row("1"), Row("1")));

        Assert.Equal((1, 0, 2), imported.Counts);
        Assert.Equal((4, "TwiceInFile", 3L), (imported.Faults[1].Line, imported.Faults[1].Reason.Code, imported.Faults[1].Reason.Arguments[0]));
    }

    [Theory]
    [InlineData("Empty", "external_id", ",0401,2024-01-01T00:00:00Z,{0},")]
    [InlineData("Empty", "lat", "1,0401,2024-01-01T00:00:00Z,,1,")]
    [InlineData("DateNotADate", "reported_at", "1,0401,yesterday,{0},")]
    [InlineData("DateNotADate", "closed_at", "1,0401,2024-01-01T00:00:00Z,{0},2024-13-01T00:00:00Z")]
    [InlineData("DateNoZone", "reported_at", "1,0401,2024-01-01T00:00:00,{0},")]
    [InlineData("DateOutOfRange", "reported_at", "1,0401,0001-01-01T00:00:00Z,{0},")]
    [InlineData("NotANumber", "lat", "1,0401,2024-01-01T00:00:00Z,north,117,")]
    [InlineData("NoPlaceOnEarth", "lat", "1,0401,2024-01-01T00:00:00Z,91,117,")]
    [InlineData("PointOutside", "lat", "1,0401,2024-01-01T00:00:00Z,0,0,")]
    [InlineData("UnknownType", "type", "1,9999,2024-01-01T00:00:00Z,{0},")]
    [InlineData("ReportInFuture", "reported_at", "1,0401,2040-01-01T00:00:00Z,{0},")]
    [InlineData("StepInFuture", "closed_at", "1,0401,2024-01-01T00:00:00Z,{0},2040-01-01T00:00:00Z")]
    [InlineData("StepBeforeReport", "closed_at", "1,0401,2024-01-01T00:00:00Z,{0},2023-12-31T23:59:59Z")]
    [InlineData("CsvQuoteMisplaced", null, "1,0401,2024-01-01T00:00:00Z,{0},\"a\"b")]
    [InlineData("CsvQuoteUnclosed", null, "1,0401,2024-01-01T00:00:00Z,{0},\"a")]
    [InlineData("CsvNotText", null, "1,0401,2024-01-01T00:00:00Z,{0},\0")]
    public async Task Run_OverARowThatCannotBe_RefusesItWithTheReason(string code, string? column, string row) =>
        await AssertRefusedAsync(code, column, Header, string.Format(System.Globalization.CultureInfo.InvariantCulture, row, Place));

    [Theory]
    [InlineData("UnknownDepartment", "department", "nobody")]
    [InlineData("UnknownSeverity", "severity", "grave")]
    [InlineData("NotALink", "media_url", "file:///etc/passwd")]
    [InlineData("NotAnswers", "attributes", "[1]")]
    [InlineData("StepsOutOfOrder", "resolved_at", "2024-01-02T00:00:00Z", "accepted_at", "2024-01-03T00:00:00Z")]
    [InlineData("StepAfterEnd", "accepted_at", "2024-01-02T00:00:00Z", "rejected_at", "2024-01-03T00:00:00Z")]
    [InlineData("StepWhileSuspended", "resolved_at", "2024-01-03T00:00:00Z", "suspended_at", "2024-01-02T00:00:00Z")]
    [InlineData("NotSuspended", "resumed_at", "2024-01-03T00:00:00Z")]
    [InlineData("DueBeforeReport", "close_by", "2023-01-03T00:00:00Z")]
    [InlineData("DueOutOfOrder", "close_by", "2024-01-03T00:00:00Z", "resolve_by", "2024-01-04T00:00:00Z")]
    public async Task Run_OverAnOptionalColumnThatCannotBe_RefusesItWithTheReason(string code, string column, string value, string? other = null, string? otherValue = null) =>
        await AssertRefusedAsync(code, column, $"{Header},{column}{(other is null ? "" : "," + other)}", Row("1", "2024-01-01T00:00:00Z", "") + $",{value}{(other is null ? "" : "," + otherValue)}");

    [Fact]
    public async Task Run_OverTooLongATextOrIdentity_RefusesIt()
    {
        await AssertRefusedAsync("TextTooLong", "description", Header + ",description", Row("1") + "," + new string('x', 4001));
        await AssertRefusedAsync("ExternalIdBad", "external_id", Header, Row(new string('7', 200)));
    }

    [Fact]
    public async Task Run_OverAFieldOfTenMegabytes_RefusesThatRowOnly()
    {
        var imported = await _database.ImportAsync(File(Row("1"), Row("2") + new string('x', 10 << 20), Row("3")));

        Assert.Equal((2, 0, 1), imported.Counts);
        Assert.Equal((3, "CsvTooLong"), (imported.Faults[0].Line, imported.Faults[0].Reason.Code));
    }

    [Theory]
    [InlineData("", "FileEmpty")]
    [InlineData("\r\n\r\n", "FileEmpty")]
    [InlineData("a,b,c\r\n1,2,3\r\n", "ColumnMissing")]
    [InlineData("external_id,type,reported_at,lat,lon,LAT\r\n", "ColumnTwice")]
    [InlineData("external_id,type\0\r\n", "FileNotText")]
    [InlineData("external_id,\"type\r\n", "HeaderUnreadable")]
    public async Task Run_OverAFileThatIsNoImport_RefusesTheFile(string text, string code)
    {
        var refused = await Assert.ThrowsAsync<FileRefusedException>(() => _database.ImportAsync(text));

        Assert.Contains(code, refused.Reasons.Select(reason => reason.Reason.Code));
    }

    [Fact]
    public async Task Run_OverBinaryRubbish_RefusesTheFile()
    {
        var rubbish = new byte[300_000];
        new Random(7).NextBytes(rubbish);

        await Assert.ThrowsAsync<FileRefusedException>(() => _database.ImportAsync(rubbish));
    }

    [Fact]
    public async Task Run_OverAHeaderOnly_IsDoneWithNothing()
    {
        var imported = await _database.ImportAsync(Header);

        Assert.Equal((ImportEnd.Done, (0, 0, 0)), (imported.Result.End, imported.Counts));
    }

    [Fact]
    public async Task Run_OverGb18030_ReadsItAndRefusesItAsUtf8()
    {
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var chinese = System.Text.Encoding.GetEncoding("gb18030");
        var file = Header + ",description\r\n" + Row("1") + ",井盖丢失\r\n";

        var wrong = await _database.ImportAsync(file, encoding: chinese);
        var right = await _database.ImportAsync(file, ImportMapping.Documented with { Encoding = "gb18030" }, chinese);

        Assert.Equal("CsvNotText", wrong.Faults[0].Reason.Code);
        Assert.Equal((1, 0, 0), right.Counts);
        Assert.Equal("井盖丢失", Cases().Single().Description);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_OverAByteOrderMark_ReadsTheFirstColumn(bool isUtf8)
    {
        var file = File(Row("1"));
        var encoding = isUtf8 ? new UTF8Encoding(true) : System.Text.Encoding.Unicode;

        var imported = await _database.ImportAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(file)]);

        Assert.Equal((1, 0, 0), imported.Counts);
    }

    [Theory]
    [InlineData(GeoDatum.Gcj02)]
    [InlineData(GeoDatum.Bd09)]
    public async Task Run_OverAnotherDatum_BringsThePointsToWgs84(object datum)
    {
        var centre = GridSamples.Shipped.Units[^1].Centre;
        var shown = Datums.FromWgs84(centre, (GeoDatum)datum);
        var file = FormattableString.Invariant($"{Header}\r\n1,0401,2024-01-01T00:00:00Z,{shown.Latitude},{shown.Longitude},\r\n");

        await _database.ImportAsync(file, ImportMapping.Documented with { Datum = (GeoDatum)datum });

        var incident = Cases().Single();
        Assert.Equal(centre.Latitude, incident.Latitude, 1e-6);
        Assert.Equal(centre.Longitude, incident.Longitude, 1e-6);
    }

    [Fact]
    public async Task Run_OverNewYorksColumns_MapsTypesDepartmentsZonesAndTexts()
    {
        await _database.UseGridsAsync(GridSamples.Square("ny-1", "990101", -74.0, 40.7, "America/New_York"));
        var imported = await _database.ImportAsync(
            """"
            Unique Key,Created Date,Closed Date,Agency,Complaint Type,Descriptor,Incident Address,Status,Due Date,Resolution Description,Latitude,Longitude
            59000001,01/31/2024 11:59:34 PM,02/01/2024 01:10:00 AM,NYPD,Noise - Residential,Loud Music,"1 MAIN STREET, APT ""2""",Closed,,"Looked at, quiet.",40.7101,-73.9902
            59000002,03/10/2024 01:59:59 AM,03/10/2024 03:00:01 AM,DOT,Street Condition,Pothole,2 MAIN STREET,Closed,03/20/2024 12:00:00 AM,,40.7202,-73.9803
            59000003,03/10/2024 02:30:00 AM,,DSNY,Dirty Condition,Trash,3 MAIN STREET,Open,,,40.7303,-73.9704
            59000004,11/05/2023 01:50:00 AM,11/05/2023 01:10:00 AM,DSNY,Dirty Condition,Trash,4 MAIN STREET,Closed,,,40.7303,-73.9704
            59000005,04/01/2024 10:00:00 AM,,DSNY,Dirty Condition,Trash,5 MAIN STREET,Open,,,,
            """",
            NewYork);

        Assert.Equal((3, 0, 2), imported.Counts);
        Assert.Equal(
            [("DateSkipped", "Created Date"), ("Empty", "Latitude")], imported.Faults.Select(fault => (fault.Reason.Code, fault.Column!)));
        var cases = Cases();
        Assert.Equal(
            ("nyc311:59000001", "0103", "gongan", "Noise - Residential; Loud Music", "1 MAIN STREET, APT \"2\"", "Looked at, quiet."),
            (cases[0].ExternalId, cases[0].Type, cases[0].Department, cases[0].Description, cases[0].Address, cases[0].StatusNotes));
        Assert.Equal(new DateTimeOffset(2024, 2, 1, 4, 59, 34, TimeSpan.Zero), cases[0].ReportedAt);
        Assert.StartsWith("HQ20240131-", cases[0].Number, StringComparison.Ordinal);
        Assert.Equal((IncidentSeverity.Major, null, new DateTimeOffset(2024, 3, 20, 4, 0, 0, TimeSpan.Zero)), (cases[1].Severity, cases[1].Department, cases[1].CloseBy));
        Assert.Equal(TimeSpan.FromSeconds(2), cases[1].ClosedAt!.Value - cases[1].ReportedAt);

        // Ten past one came twice that night: the second time, since the first lies before the report.
        Assert.Equal(TimeSpan.FromMinutes(20), cases[2].ClosedAt!.Value - cases[2].ReportedAt);
    }

    [Fact]
    public async Task Run_OverBuenosAiresColumns_ReadsSemicolonsDaysFirstAndDecimalCommas()
    {
        await _database.UseGridsAsync(GridSamples.NearBuenosAires());
        var imported = await _database.ImportAsync(
            "contacto;categoria;concepto;fecha_ingreso;fecha_cierre;lat;lon\n00012345/24;LIMPIEZA;Retiro de residuos, \"urgente\";31/01/2024 23:59:34;01/02/2024 08:00;-34,62;-58,44\n",
            BuenosAires);

        Assert.Equal((1, 0, 0), imported.Counts);
        var incident = Cases().Single();
        Assert.Equal(new DateTimeOffset(2024, 2, 1, 2, 59, 34, TimeSpan.Zero), incident.ReportedAt);
        Assert.StartsWith("540201", incident.GridCode, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("Chinese")]
    [InlineData("English")]
    public async Task Run_OverATypesCodeOrName_FindsTheType(string how)
    {
        var type = _database.Catalog.Type("0401")!;
        await _database.ImportAsync(File(Row("1", type: how switch { "code" => type.Code, "Chinese" => type.Name, _ => $"\"{type.NameEn.ToUpperInvariant()}\"" })));

        Assert.Equal("0401", Cases().Single().Type);
    }

    private async Task AssertRefusedAsync(string code, string? column, string header, string row)
    {
        var imported = await _database.ImportAsync($"{header}\r\n{row}\r\n");

        Assert.Equal((0, 0, 1), imported.Counts);
        Assert.Equal((2, column, code), (imported.Faults[0].Line, imported.Faults[0].Column, imported.Faults[0].Reason.Code));
        Assert.Empty(Cases());
    }

    private List<Incident> Cases()
    {
        using var read = _database.Door.Open(Actor.System);
        return [.. read.Query<Incident>().OrderBy(incident => incident.Id)];
    }
}
