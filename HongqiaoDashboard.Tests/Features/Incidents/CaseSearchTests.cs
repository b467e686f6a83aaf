using CsCheck;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class CaseSearchTests : IAsyncLifetime
{
    // Few characters, so that random texts meet each other; of each kind that texts are made of.
    private static readonly Gen<string> Piece = Gen.OneOf(((string[])[
        "井", "盖", "路", "口", "a", "B", "ｃ", "é", "ß", "①", "𠮷", "1", "３", " ", "　", "\n", "，", ",", "\"", "*", "(", ")", "-", "AND", "OR", "NEAR", "'", "%", "_", "^", ":", "{", "\0", "\uD840", "\uFFFE", "13812345678"]).Select(Gen.Const).ToArray());

    private static readonly Gen<string> Text = Piece.Array[0, 9].Select(string.Concat);

    private readonly TestDatabase _database = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Search_ForAnyWords_FindsTheCasesInWhoseMaskedTextsEachStands()
    {
        var texts = new List<(string Number, string[] Parts)>();
        foreach (var (description, address) in Gen.Select(Text, Text).Array[100].Single())
        {
            var incident = await _database.ReportAsync(texts.Count, description: description, address: address);
            texts.Add((incident.Number, [Plain(description), Plain(address)]));
        }

        await Text.SampleAsync(async search =>
        {
            var words = CaseText.Comparable(search)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
            var expected = texts.Where(t => Array.TrueForAll(words, word => Array.Exists(t.Parts, part => part.Contains(word, StringComparison.Ordinal)))).Select(t => t.Number);

            var found = (await SearchAsync(search)).Order(StringComparer.Ordinal);

            Assert.Equal(expected.Order(StringComparer.Ordinal), found);
        }, iter: 200, threads: 1);

        static string Plain(string text) => PersonalNumbers.Mask(CaseText.Comparable(PersonalNumbers.Mask(text))) ?? "";
    }

    [Theory]
    [InlineData("井盖\" OR \"垃圾")]
    [InlineData("井盖 OR 垃圾")]
    [InlineData("NOT 井盖")]
    [InlineData("垃* AND 井*")]
    [InlineData("CaseSearch: 井盖")]
    [InlineData("^井盖")]
    [InlineData("NEAR(井盖 丢失, 5)")]
    [InlineData("'; DROP TABLE CaseSearch; --")]
    public async Task Search_ForWhatMeansSomethingToTheIndex_TakesItForText(string search)
    {
        await _database.ReportAsync(0, description: "井盖丢失");
        await _database.ReportAsync(1, description: "垃圾成堆");

        Assert.Empty(await SearchAsync(search));
        Assert.Single(await SearchAsync("井盖"));
    }

    [Theory]
    [InlineData("13812345678")]
    [InlineData("1381234")]
    [InlineData("2345")]
    [InlineData("①③⑧①②③④⑤⑥⑦⑧")]
    [InlineData("13812345678²")]
    public async Task Search_ForAPersonsNumber_FindsNothingHoweverItWasWritten(string search)
    {
        var number = await _database.ReportAsync(0, description: "联系13812345678", address: "①③⑧①②③④⑤⑥⑦⑧ 13812345678²");

        Assert.Empty(await SearchAsync(search));
        Assert.Equal([number.Number], await SearchAsync("联系138****5678"));
    }

    [Fact]
    public async Task Search_ForASingleCharacter_FindsItAnywhereInAWord()
    {
        var one = await _database.ReportAsync(0, description: "甲乙丙");
        await _database.ReportAsync(1, description: "丁");

        foreach (var character in (string[])["甲", "乙", "丙"])
        {
            Assert.Equal([one.Number], await SearchAsync(character));
        }
    }

    [Fact]
    public async Task Filling_OfCasesOlderThanTheIndex_GoesOnWhereItWasStoppedAndTakesEachOnce()
    {
        for (var n = 0; n < 700; n++)
        {
            await _database.ReportAsync(n, description: "旧案件");
        }

        // As after an upgrade: cases, and an index that has just begun.
        await _database.Get<IWriteLane>().WriteAsync(
            session => session.Context.Database.ExecuteSql($"""INSERT INTO "CaseSearch" ("CaseSearch") VALUES ('delete-all')""")
                + session.Context.Set<CaseSearchProgress>().ExecuteUpdate(p => p.SetProperty(one => one.Until, 700L)),
            TestContext.Current.CancellationToken);
        var later = await _database.ReportAsync(0, description: "新案件");
        Assert.Equal([later.Number], await SearchAsync("案件"));
        Assert.True(await IsIncompleteAsync());

        // Stopped after its first change, and begun again.
        using var stop = new CancellationTokenSource();
        var filler = _database.Get<CaseSearchFiller>();
        var lane = new StoppingLane(_database.Get<IWriteLane>(), stop);
        using var stopped = new CaseSearchFiller(_database.Door, lane, _database.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<CaseSearchFiller>.Instance);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.RunAsync(stop.Token));
        Assert.True(await IsIncompleteAsync());
        Assert.Equal(200, await filler.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await filler.RunAsync(TestContext.Current.CancellationToken));

        Assert.False(await IsIncompleteAsync());
        using var connection = Databases.Open(_database.DataDirectory);
        Assert.Equal(700L, connection.Scalar<long>("""SELECT COUNT(*) FROM "CaseSearch" WHERE "CaseSearch" MATCH '"旧案"'"""));
        Assert.Equal(701L, connection.Scalar<long>("""SELECT COUNT(*) FROM "CaseSearch" WHERE "CaseSearch" MATCH '"案件"'"""));
    }

    [Fact]
    public async Task Index_MadeByOtherRules_IsMadeAnewAtStart()
    {
        await _database.ReportAsync(0, description: "井盖丢失");
        await _database.Get<IWriteLane>().WriteAsync(
            session => session.Context.Set<CaseSearchProgress>().ExecuteUpdate(p => p.SetProperty(one => one.Rules, "others")), TestContext.Current.CancellationToken);

        Seed();
        Assert.Empty(await SearchAsync("井盖"));
        Assert.Equal(1, await _database.Get<CaseSearchFiller>().RunAsync(TestContext.Current.CancellationToken));
        Assert.Single(await SearchAsync("井盖"));

        // By the same rules it stays as it is.
        Seed();
        Assert.Single(await SearchAsync("井盖"));
        Assert.Equal(0, await _database.Get<CaseSearchFiller>().RunAsync(TestContext.Current.CancellationToken));

        void Seed()
        {
            using var context = _database.Get<IDbContextFactory<AppDbContext>>().CreateDbContext();
            new CaseSearchSeed().Seed(context, TestDatabase.Start);
        }
    }

    [Fact]
    public async Task Report_ThatIsUndone_LeavesNothingInTheIndex()
    {
        var journal = _database.Get<IncidentJournal>();
        var incident = await _database.ReportAsync(0, description: "头一件");
        await Assert.ThrowsAsync<RefusedException>(() => _database.Get<IWriteLane>().WriteAsync<int>(
            session =>
            {
                journal.Begin(session, incident with { Id = 99, Number = "HQ20240506-999999", Description = "没有成", LastSeq = session.Next(IncidentJournal.LogSequence) }, new IncidentEventDetail(), Actor.System);
                throw new RefusedException("NotFound", "x");
            },
            TestContext.Current.CancellationToken));

        using var connection = Databases.Open(_database.DataDirectory);
        Assert.Equal(0L, connection.Scalar<long>("""SELECT COUNT(*) FROM "CaseSearch" WHERE "CaseSearch" MATCH '"没有"'"""));
        Assert.Equal(1L, connection.Scalar<long>("""SELECT COUNT(*) FROM "CaseSearch" WHERE "CaseSearch" MATCH '"头一"'"""));
    }

    private async Task<List<string>> SearchAsync(string text) =>
        [.. (await _database.Reader.SearchAsync(new IncidentQuery { Text = text, PageSize = 100 }, Actor.System, TestContext.Current.CancellationToken)).Items.Select(item => item.Number)];

    private async Task<bool> IsIncompleteAsync() =>
        (await _database.Reader.SearchAsync(new IncidentQuery { Text = "案件" }, Actor.System, TestContext.Current.CancellationToken)).IsTextIncomplete;

    /// <summary>Stops the server, as it were, as soon as a change is through.</summary>
    private sealed class StoppingLane(IWriteLane lane, CancellationTokenSource stop) : IWriteLane
    {
        public async Task<T> WriteAsync<T>(Func<WriteSession, T> change, CancellationToken cancellation = default)
        {
            cancellation.ThrowIfCancellationRequested();
            var answer = await lane.WriteAsync(change, cancellation);
            await stop.CancelAsync();
            return answer;
        }
    }
}
