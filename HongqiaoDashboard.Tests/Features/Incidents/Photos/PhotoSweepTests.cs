using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Photos;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Photos;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents.Photos;

public sealed class PhotoSweepTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PhotoFiles Files => _database.Get<PhotoFiles>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Sweep_AfterADay_RemovesWhatNobodyCameBackForAndNothingElse()
    {
        var incident = await _database.ReportAsync();
        var (kept, forgotten) = (await TakeAsync(incident, 1), await TakeAsync(incident, 2));
        var noted = await NoteAsync(incident, kept.Hash);
        await Files.Folder.WriteAsync(new string('e', 64), PhotoFiles.Full, new byte[] { 1 }, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(Files.Folder.Root, "README.txt"), "not ours", Cancellation);

        _database.Clock.Advance(PhotoSweep.Waits);
        Assert.Equal(0, await SweepAsync());
        var late = await TakeAsync(incident, 3);
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await SweepAsync());

        Assert.True(IsStored(kept));
        Assert.False(IsStored(forgotten));
        Assert.True(IsStored(late));
        Assert.True(File.Exists(Path.Combine(Files.Folder.Root, "README.txt")));
        Assert.Equal(0, await SweepAsync());
        var refused = await Assert.ThrowsAsync<RefusedException>(() => NoteAsync(noted, forgotten.Hash));
        Assert.Equal("PhotoUnknown", refused.Refusal.Code);
    }

    [Fact]
    public async Task Sweep_OfAPhotographThatAnotherCaseHas_LeavesItsFile()
    {
        var (one, other) = (await _database.ReportAsync(), await _database.ReportAsync());
        var photo = await TakeAsync(one, 1);
        await TakeAsync(other, 1);
        await NoteAsync(other, photo.Hash);
        _database.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(0, await SweepAsync());

        Assert.True(IsStored(photo));
    }

    [Fact]
    public async Task Photograph_UploadedAgain_WaitsAnotherDay()
    {
        var incident = await _database.ReportAsync();
        var photo = await TakeAsync(incident, 1);
        _database.Clock.Advance(TimeSpan.FromHours(20));
        await TakeAsync(incident, 1);
        _database.Clock.Advance(TimeSpan.FromHours(20));

        Assert.Equal(0, await SweepAsync());

        await NoteAsync(incident, photo.Hash);
        Assert.True(IsStored(photo));
    }

    [Fact]
    public async Task Sweep_MeetingAnUploadOfTheSamePhotograph_LeavesIt()
    {
        var incident = await _database.ReportAsync();
        var old = await TakeAsync(incident, 1);
        _database.Clock.Advance(TimeSpan.FromDays(2));

        // An upload has stored its file and has yet to commit its row.
        Task<int> sweep;
        using (await Files.Folder.HoldAsync(old.Hash, Cancellation))
        {
            sweep = SweepAsync();
            var bytes = await File.ReadAllBytesAsync(Files.Folder.PathOf(old.Hash, PhotoFiles.Full), Cancellation);
            await Files.Folder.WriteAsync(old.Hash, PhotoFiles.Full, bytes, Cancellation);
            Assert.False(sweep.IsCompleted);
        }

        Assert.Equal(0, await sweep);
        Assert.True(IsStored(old));
    }

    [Fact]
    public async Task Sweep_OfUploadsThatDiedHalfWay_RemovesWhatTheyLeft()
    {
        await using (Files.Folder.OpenArriving())
        {
            // Makes the folder.
        }

        var left = Path.Combine(Files.Folder.Root, "arriving", "left");
        await File.WriteAllTextAsync(left, "half", Cancellation);
        File.SetLastWriteTimeUtc(left, TestDatabase.Start.UtcDateTime);
        Assert.Equal(0, await SweepAsync());
        Assert.True(File.Exists(left));

        _database.Clock.Advance(TimeSpan.FromDays(2));
        await SweepAsync();

        Assert.False(File.Exists(left));
    }

    private Task<int> SweepAsync() => _database.Get<PhotoSweep>().SweepAsync(_database.Clock.GetUtcNow(), Cancellation);

    private bool IsStored(UploadedPhoto photo)
    {
        var (full, thumbnail) = (File.Exists(Files.Folder.PathOf(photo.Hash, PhotoFiles.Full)), File.Exists(Files.Folder.PathOf(photo.Hash, PhotoFiles.Thumbnail)));
        Assert.Equal(full, thumbnail);
        return full;
    }

    private Task<UploadedPhoto> TakeAsync(Incident incident, int seed) =>
        _database.Get<PhotoDesk>().TakeAsync(incident.Number, new MemoryStream(PhotoSamples.Scene(seed: seed)), TestDatabase.Operator, Cancellation);

    private async Task<Incident> NoteAsync(Incident incident, string hash) =>
        await _database.MoveAsync(await _database.RowAsync(incident.Number), new IncidentMove(Kind.Noted) { Text = "现场照片", Photos = [hash] });
}
