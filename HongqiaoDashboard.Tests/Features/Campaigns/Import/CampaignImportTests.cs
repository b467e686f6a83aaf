using System.Text;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Import;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Platform.Identity;
using static HongqiaoDashboard.Tests.Features.Campaigns.CampaignHouse;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Import;

/// <summary>Files of items and days, on the real desk and rows.</summary>
public sealed class CampaignImportTests : IAsyncLifetime
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly CampaignHouse _house = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Items_OfAFile_AreTakenOnceWhateverTheirHeadersAreCalled()
    {
        var (grid, other) = (Streets[0], Streets[1]);
        var file = $"""
            编号,名称,网格编码,纬度,经度,总户数,面积,轮廓
            P1,渔村,{grid.Code},,,120,"3,000",
            P2,西沽,,{other.Centre.Latitude:R},{other.Centre.Longitude:R},80,2000,"POLYGON ((117.1 39.1, 117.2 39.1, 117.2 39.2, 117.1 39.1))"
            """;

        var dry = await ImportAsync(CampaignImportKind.Items, file, isDryRun: true);
        var nothing = (await _house.LookAsync()).Items.Count;
        var first = await ImportAsync(CampaignImportKind.Items, file);
        var second = await ImportAsync(CampaignImportKind.Items, file);

        Assert.Equal((2, 2, 0, 0), (dry.Result.Rows, dry.Result.Added, dry.Result.Known, nothing));
        Assert.Equal((2, 0, 0), (first.Result.Added, first.Result.Known, first.Result.Refused));
        Assert.Equal((0, 2, 0), (second.Result.Added, second.Result.Known, second.Result.Refused));
        var items = (await _house.LookAsync()).Items.Select(standing => standing.Item).ToList();
        Assert.Equal([("P1", 120, 3000), ("P2", 80, 2000)], items.Select(item => (item.Code, item.Total("households"), item.Total("area"))));
        Assert.Equal((grid.Centre, grid.Code, 3, "import"), (items[0].Point, items[0].GridCode, items[1].Outline.Count, items[1].Source));
        Assert.StartsWith(other.Code, items[1].GridCode, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_WithFaults_AreAllToldByLineAndColumnAndOnlyTheGoodOnesTaken()
    {
        var file = $"""
            code,name,grid_code,lat,lon,lead,planned_from,planned_to,total
            P1,好,{Streets[0].Code},,,,,,10
            P 2,,999999,,,nobody,2026-13-01,2026-02-01,ten
            P3,无处,,,,,,,10
            P1,又一,{Streets[0].Code},,,,,,10
            P4,短
            """;

        var (result, faults, rows) = await ImportAsync(CampaignImportKind.Items, file);

        Assert.Equal((5, 1, 4), (result.Rows, result.Added, result.Refused));
        Assert.Equal(
            [
                (3, "code", "ItemCode"), (3, "name", "ItemName"), (3, "grid_code", "ItemGrid"), (3, "lead", "ItemDepartment"), (3, "planned_from", "NotADay"), (3, "total", "NotAnAmount"), (4, "grid_code", "NoPlace"), (5, "code", "ItemTwiceInFile"), (6, null, "ColumnCount"),
            ],
            faults.Select(fault => ((int)fault.Line, fault.Column, fault.Reason.Code)));
        Assert.Equal(5, rows.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("code,name,grid_code", rows, StringComparison.Ordinal);
        var mended = rows.Replace("P3,无处,,,,,,,10", $"P3,有处,{Streets[0].Code},,,,,,10", StringComparison.Ordinal);
        Assert.Equal(1, (await ImportAsync(CampaignImportKind.Items, mended)).Result.Added);
    }

    [Fact]
    public async Task Item_ThatDiffers_ChangesOnlyWhenAskedFor()
    {
        await _house.PutAsync(Parcel("P1", households: 100));
        await _house.EnterAsync("P1", 1, 0, Enterer, MovedOut(40));
        const string Text = "code,total\nP1,90\n";

        var refused = await ImportAsync(CampaignImportKind.Items, Text);
        var less = await ImportAsync(CampaignImportKind.Items, "code,total\nP1,39\n", corrections: true);
        var taken = await ImportAsync(CampaignImportKind.Items, Text, corrections: true);

        Assert.Equal("ItemDiffers", Assert.Single(refused.Faults).Reason.Code);
        Assert.Equal("TotalBelowEntered", Assert.Single(less.Faults).Reason.Code);
        Assert.Equal((1, 0), (taken.Result.Corrected, taken.Result.Refused));
        var item = Assert.Single((await _house.LookAsync()).Items).Item;
        Assert.Equal((90, 2_000, "P1号地块", 2), (item.Total("households"), item.Total("area"), item.Name, item.Version));
    }

    [Fact]
    public async Task Entries_OfAFile_AreTakenOnceAndCorrectedOnlyWhenAskedFor()
    {
        await _house.PutAsync(Parcel("P1", households: 100));
        const string Text = "地块,日期,入户登记,签约,moved-out,备注\nP1,2026/3/2,10,8,5,首批\nP1号地块,2026年3月3日,5,,,\nP1,2026-03-04,,,,\n";

        var first = await ImportAsync(CampaignImportKind.Entries, Text);
        var again = await ImportAsync(CampaignImportKind.Entries, Text);
        var changed = Text.Replace("10,8,5", "10,8,6", StringComparison.Ordinal);
        var refused = await ImportAsync(CampaignImportKind.Entries, changed);
        var dry = await ImportAsync(CampaignImportKind.Entries, changed, isDryRun: true, corrections: true);
        var before = (await _house.LookAsync()).Done("households");
        var corrected = await ImportAsync(CampaignImportKind.Entries, changed, corrections: true);

        // A day on which nothing is entered and nothing was says nothing new.
        Assert.Equal((3, 2, 1, 0), (first.Result.Rows, first.Result.Added, first.Result.Known, first.Result.Refused));
        Assert.Equal((0, 3, 0), (again.Result.Added, again.Result.Known, again.Result.Refused));
        Assert.Equal((2, "DayDiffers"), ((int)Assert.Single(refused.Faults).Line, refused.Faults[0].Reason.Code));
        Assert.Equal((1, 5), (dry.Result.Corrected, before));
        var change = Assert.Single(dry.Result.Changes);
        Assert.True(change.IsCorrection && change.Before != change.After);
        Assert.Equal((1, 2, 6), (corrected.Result.Corrected, corrected.Result.Known, (await _house.LookAsync()).Done("households")));
        var history = await _house.Desk.HistoryAsync(Relocation, "P1", Enterer, Cancellation);
        Assert.Equal([(2, "import", "首批"), (1, "import", "首批")], history.Where(e => e.Day == new DateOnly(2026, 3, 2)).Select(e => (e.Revision, e.Source, e.Note)));
    }

    [Fact]
    public async Task Entries_ThatBreakTheRulesTogether_RefuseTheDayThatIsTooMuchAndKeepTheOthers()
    {
        await _house.PutAsync(Parcel("P1", households: 100));
        await _house.EnterAsync("P1", 0, 0, Enterer, MovedOut(50));
        const string Text = "item,day,surveyed,signed,moved-out\nP1,2026-03-03,40,40,40\nP1,2026-03-01,10,10,10\nP1,2026-03-05,1,1,1\nP1,2026-03-02,0,1,0\n";

        var (result, faults, _) = await ImportAsync(CampaignImportKind.Entries, Text);

        // By today 50 more are there: the fourth of March must not bring more than fifty before it.
        Assert.Equal((4, 2, 2), (result.Rows, result.Added, result.Refused));
        Assert.Equal([(4, "surveyed", "MoreThanTotal"), (5, "signed", "MoreThanStageBefore")], faults.Select(fault => ((int)fault.Line, fault.Column, fault.Reason.Code)));
        Assert.Equal(100, (await _house.LookAsync()).Done("households"));
    }

    [Fact]
    public async Task Entries_MovedFromOneDayToAnotherAtTheLimit_AreTakenTogether()
    {
        await _house.PutAsync(Parcel("P1", households: 50));
        await _house.EnterAsync("P1", 5, 0, Enterer, MovedOut(30));
        await _house.EnterAsync("P1", 3, 0, Enterer, MovedOut(20));
        const string Text = "item,day,surveyed,signed,moved-out\nP1,2026-03-05,40,40,40\nP1,2026-03-07,10,10,10\n";

        var moved = await ImportAsync(CampaignImportKind.Entries, Text, corrections: true);

        Assert.Equal((2, 0), (moved.Result.Corrected, moved.Result.Refused));
        Assert.Equal(40, (await _house.LookAsync()).Days.First(day => day.Day == new DateOnly(2026, 3, 5)).Amount);
    }

    [Fact]
    public async Task Entries_WithFaults_AreAllToldAndNoNumberOfAPersonIsRepeated()
    {
        await _house.PutAsync(Parcel("P1"));
        const string Text = "item,day,surveyed,area\nP9,2017-01-01,-1,1\n13912345678,yesterday,x,\n\"P1,2026-03-01,1,\n";

        var (result, faults, _) = await ImportAsync(CampaignImportKind.Entries, Text);

        Assert.Equal(["area"], result.Unused);
        Assert.Equal(
            [(2, "item", "ItemUnknownHere"), (2, "day", "DayBeforeStart"), (2, "surveyed", "AmountBelowZero"), (3, "item", "ItemUnknownHere"), (3, "day", "NotADay"), (3, "surveyed", "NotAnAmount"), (4, null, "CsvQuoteUnclosed")],
            faults.Select(fault => ((int)fault.Line, fault.Column, fault.Reason.Code)));
        var words = _house.Database.Get<CampaignImportWords>();
        Assert.All(faults, fault => Assert.DoesNotContain("13912345678", words.Of(fault), StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.NotEqual(fault.Reason.Code, words.Of(fault.Reason)));
    }

    [Fact]
    public async Task File_OfAnotherEncodingOrWithoutItsColumns_IsReadOrRefusedAsAWhole()
    {
        await _house.PutAsync(Parcel("P1"));
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var chinese = Encoding.GetEncoding("GB18030").GetBytes("地块编号,日期,入户登记\nP1,2026-03-01,3\n");

        var read = await ImportAsync(CampaignImportKind.Entries, chinese);
        var lacking = await Assert.ThrowsAsync<FileRefusedException>(() => ImportAsync(CampaignImportKind.Entries, "name,surveyed\nP1,3\n"));
        var twice = await Assert.ThrowsAsync<FileRefusedException>(() => ImportAsync(CampaignImportKind.Entries, "item,day,surveyed,入户登记\nP1,2026-03-01,3,3\n"));
        var empty = await Assert.ThrowsAsync<FileRefusedException>(() => ImportAsync(CampaignImportKind.Items, ""));

        Assert.Equal((1, 0), (read.Result.Added, read.Result.Refused));
        Assert.Equal(["ColumnMissing", "ColumnMissing"], lacking.Reasons.Select(reason => reason.Reason.Code));
        Assert.Equal(["ColumnTwice"], twice.Reasons.Select(reason => reason.Reason.Code));
        Assert.Equal("FileEmpty", empty.Reasons[0].Reason.Code);
    }

    [Fact]
    public async Task Import_OfSomebodyWithBounds_ReachesNothingBeyondThem()
    {
        await _house.PutAsync(Parcel("P1", street: 0));
        var bounded = Enterer with { ScopeCode = Streets[1].Code };

        var entries = await ImportAsync(CampaignImportKind.Entries, "item,day,surveyed\nP1,2026-03-01,3\n", actor: bounded);
        var items = await ImportAsync(CampaignImportKind.Items, $"code,name,grid_code,total\nP2,x,{Streets[0].Code},5\nP1,x,{Streets[1].Code},5\n", actor: bounded);

        Assert.Equal("ItemUnknownHere", Assert.Single(entries.Faults).Reason.Code);
        // Whether a code out of sight exists is the desk's to know, and it says no more than that it cannot be.
        Assert.Equal([(2, "ItemGrid"), (3, "ItemChangedMeanwhile")], items.Faults.Select(fault => ((int)fault.Line, fault.Reason.Code)));
        Assert.Equal(100, Assert.Single((await _house.LookAsync()).Items).Item.Total("households"));
    }

    private Task<Imported> ImportAsync(CampaignImportKind kind, string file, bool isDryRun = false, bool corrections = false, Actor? actor = null) =>
        ImportAsync(kind, Encoding.UTF8.GetBytes(file), isDryRun, corrections, actor);

    private async Task<Imported> ImportAsync(CampaignImportKind kind, byte[] file, bool isDryRun = false, bool corrections = false, Actor? actor = null)
    {
        using var bytes = new MemoryStream(file);
        using var rows = new MemoryStream();
        CampaignImportResult result;
        IReadOnlyList<RowFault> faults;
        using (var output = new RefusedRows(refusal => refusal.Code, rows, CsvEncoding.Guess(bytes), null, isJson: false))
        {
            result = await _house.Database.Get<CampaignImportRun>().RunAsync(bytes, Relocation, kind, new(isDryRun, corrections), output, actor ?? Enterer, Cancellation);
            faults = output.Kept;
        }

        return new Imported(result, faults, Encoding.UTF8.GetString(rows.ToArray()).TrimStart('\uFEFF'));
    }

    private sealed record Imported(CampaignImportResult Result, IReadOnlyList<RowFault> Faults, string Rows);
}
