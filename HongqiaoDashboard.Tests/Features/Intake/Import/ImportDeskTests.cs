using System.Text;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake.Import;
using HongqiaoDashboard.Features.Intake.Import.Pages;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static HongqiaoDashboard.Tests.Features.Intake.Import.ImportSamples;

namespace HongqiaoDashboard.Tests.Features.Intake.Import;

/// <summary>Imports that the page begins: they outlive it, and a server that ends leaves a record.</summary>
public sealed class ImportDeskTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();
    private readonly ImportPageOptions _options = new();
    private readonly ImportDesk _desk;

    public ImportDeskTests() => _desk = NewDesk();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ImportShelf Shelf => new(_database.Get<DataDirectory>(), _database.Clock);

    public async ValueTask DisposeAsync()
    {
        _desk.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Start_OfAnUploadedFile_ImportsItAndLeavesWhatWasRefused()
    {
        var ended = await RunAsync(File(Row("1"), Row("2", type: "x")));

        Assert.Equal((ImportState.Done, 1, 1), (ended.State, ended.Counts.Imported, ended.Counts.Refused));
        Assert.Equal(File(Row("2", type: "x")), await System.IO.File.ReadAllTextAsync(Shelf.PathOf(ended.Id, ImportFile.Refused), Cancellation));
        Assert.Contains("\n3,type,UnknownType,", (await System.IO.File.ReadAllTextAsync(Shelf.PathOf(ended.Id, ImportFile.Report), Cancellation)).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(Shelf.PathOf(ended.Id, ImportFile.Uploaded)));
        Assert.Equal("UnknownType", Assert.Single(_desk.Faults).Reason.Code);
        Assert.Equal("sample.csv", Assert.Single(_desk.All()).FileName);
    }

    [Fact]
    public async Task Start_Dry_StoresNothingAndKeepsTheFileForTheRunItself()
    {
        var ended = await RunAsync(File(Row("1")), isDryRun: true);

        Assert.Equal((ImportState.Done, 1, true), (ended.State, ended.Counts.Imported, ended.CanRun));
        using (var read = _database.Door.Open(Actor.System))
        {
            Assert.Empty(read.Query<Incident>());
        }

        Assert.Equal(1, (await RunAsync(ended)).Counts.Imported);
    }

    [Fact]
    public async Task Start_OfAFileThatDoesNotFit_SaysSoAndMayBeTriedAgain()
    {
        var ended = await RunAsync("a,b\n1,2\n");

        Assert.Equal((ImportState.Refused, true), (ended.State, ended.CanRun));
        Assert.NotEmpty(ended.Remarks);
    }

    [Fact]
    public async Task Start_WhileAnotherRuns_IsRefused()
    {
        using var pen = await HeldPen.TakeAsync(_database.Get<IWriteLane>());
        var first = await UploadAsync(File(Row("1")));
        var second = await UploadAsync(File(Row("2")));
        _desk.Start(first, ImportMapping.Documented, false, TestDatabase.Operator);

        var refused = Assert.Throws<RefusedException>(() => _desk.Start(second, ImportMapping.Documented, false, TestDatabase.Operator));

        Assert.Equal("AnotherRuns", refused.Refusal.Code);
        await pen.GiveBackAsync();
        await EndAsync();
    }

    [Fact]
    public async Task StartAsync_OfAServerAfterOneThatWasKilled_CallsTheImportInterruptedAndItCanBeRunAgain()
    {
        var upload = await UploadAsync(File(Row("1"), Row("2")));
        Shelf.Keep(upload with { State = ImportState.Running, Mapping = ImportMapping.Documented.ToJson() });
        using var next = NewDesk();

        await next.StartAsync(Cancellation);

        var job = Assert.Single(next.All());
        Assert.Equal((ImportState.Interrupted, true), (job.State, job.CanRun));
        Assert.Equal(ImportMapping.Documented.ToJson(), ImportMapping.FromJson(job.Mapping!).ToJson());
        Assert.Equal(2, (await RunAsync(job)).Counts.Imported);
    }

    [Fact]
    public async Task TakeIn_OfTooLargeAFile_RefusesItAndLeavesNothing()
    {
        _options.LargestFile = 10;

        var refused = await Assert.ThrowsAsync<RefusedException>(() => UploadAsync(File(Row("1"))));

        Assert.Equal("FileTooLarge", refused.Refusal.Code);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_database.DataDirectory, "imports")));
    }

    [Fact]
    public async Task TakeIn_OfANameThatLeadsElsewhere_KeepsTheFileInItsFolder()
    {
        var upload = await UploadAsync(File(Row("1")), "../../../etc/evil.csv");

        Assert.Equal("evil.csv", upload.FileName);
        Assert.StartsWith(Path.Combine(_database.DataDirectory, "imports"), Shelf.PathOf(upload.Id, ImportFile.Uploaded), StringComparison.Ordinal);
        Assert.False(ImportShelf.IsId("../x"));
        Assert.Throws<ArgumentException>(() => Shelf.PathOf("../../x", ImportFile.Report));
    }

    [Fact]
    public async Task Sweep_RemovesWhatIsOlderThanItMayBe()
    {
        var old = await RunAsync(File(Row("1")));
        _database.Clock.Advance(TimeSpan.FromDays(_options.KeepDays + 1));
        var young = await RunAsync(File(Row("2")));

        _desk.Sweep();

        Assert.Equal([young.Id], _desk.All().Select(job => job.Id));
        Assert.NotEqual(old.Id, young.Id);
    }

    [Fact]
    public async Task Mappings_Saved_AreFoundByNameAndReplacedByName()
    {
        var mappings = new ImportMappings(_database.Door, _database.Get<IWriteLane>());
        await using (var context = await _database.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<AppDbContext>>().CreateDbContextAsync(Cancellation))
        {
            mappings.Seed(context, TestDatabase.Start);
        }

        await mappings.SaveAsync(NewYork, TestDatabase.Operator, Cancellation);
        await mappings.SaveAsync(NewYork with { Name = "NYC", Source = "other" }, TestDatabase.Operator, Cancellation);

        Assert.Equal("other", mappings.Named("nyc")!.Source);
        var again = new ImportMappings(_database.Door, _database.Get<IWriteLane>());
        Assert.Equal((NewYork with { Name = "NYC", Source = "other" }).ToJson(), Assert.Single(again.InForce.Value.Mappings).ToJson());
        await mappings.RemoveAsync("nyc", TestDatabase.Operator, Cancellation);
        Assert.Null(mappings.Named("nyc"));
        Assert.Equal("MappingName", (await Assert.ThrowsAsync<RefusedException>(() => mappings.SaveAsync(NewYork with { Name = " " }, TestDatabase.Operator, Cancellation))).Refusal.Code);
    }

    [Fact]
    public void Form_OfAMapping_GivesTheSameMappingBack() =>
        Assert.Equal(NewYork.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => (field.Key, Text(field.Value))),
            MappingForm.Of(NewYork).ToMapping().Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => (field.Key, Text(field.Value))));

    private static string Text(FieldSource source) =>
        $"{string.Join('|', source.From)};{source.Constant};{source.Otherwise ?? "(own)"};{string.Join('|', source.Values.Select(value => $"{value.Key}>{value.Value}"))}";

    private ImportDesk NewDesk() => new(
        new ImportRun(_database.Get<IIncidentHistory>(), _database.Catalog, _database.Clock), _database.Get<IWriteLane>(), Shelf, Options.Create(_options),
        _database.Get<IStringLocalizer<ImportTexts>>(), _database.Clock, NullLogger<ImportDesk>.Instance);

    private Task<ImportJob> UploadAsync(string text, string name = "sample.csv") =>
        _desk.TakeInAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, TestDatabase.Operator, _ => { }, Cancellation);

    private async Task<ImportJob> RunAsync(string text, bool isDryRun = false) => await RunAsync(await UploadAsync(text), isDryRun);

    private async Task<ImportJob> RunAsync(ImportJob job, bool isDryRun = false)
    {
        _desk.Start(job, ImportMapping.Documented, isDryRun, TestDatabase.Operator);
        return await EndAsync();
    }

    private async Task<ImportJob> EndAsync()
    {
        var ended = new TaskCompletionSource<ImportJob>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (_desk.Current is { State: not ImportState.Running } job)
            {
                ended.TrySetResult(job);
            }
        }

        _desk.Changed += Look;
        Look();
        return await ended.Task.WaitAsync(SituationClient.Bound, Cancellation);
    }
}
