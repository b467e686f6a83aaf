using System.Text;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Photos;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents.Photos;

public sealed class PhotoDeskTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new(services => services.Configure<PhotoOptions>(options => options.MaxMegabytes = 1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PhotoDesk Photos => _database.Get<PhotoDesk>();

    private string Folder => Path.Combine(_database.DataDirectory, "photos");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Photograph_TakenIn_LiesUnderTheHashOfItsBytesAndWaitsForAMove()
    {
        var incident = await _database.ReportAsync();

        var photo = await TakeAsync(incident, PhotoSamples.Marked(6));

        var stored = await File.ReadAllBytesAsync(Path.Combine(Folder, photo.Hash[..2], photo.Hash + ".jpg"), Cancellation);
        Assert.Equal(photo.Hash, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stored)));
        Assert.DoesNotContain(PhotoSamples.Mark, Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        var row = Assert.Single(Rows());
        Assert.Equal(
            (incident.Id, photo.Hash, null, 800, 600, stored.LongLength, TestDatabase.Start, TestDatabase.Operator.Id),
            (row.IncidentId, row.Hash, row.Seq, row.Width, row.Height, row.Bytes, row.UploadedAt, row.UploadedBy));
        Assert.Empty(Directory.GetFiles(Path.Combine(Folder, "arriving")));

        // Once more is the same photograph.
        Assert.Equal(photo, await TakeAsync(incident, PhotoSamples.Marked(6)));
        Assert.Single(Rows());
    }

    [Fact]
    public async Task Move_NamingPhotographs_TakesThemIntoTheLog()
    {
        var incident = await _database.ReportAsync();
        var (first, second) = (await TakeAsync(incident, PhotoSamples.Scene(seed: 1)), await TakeAsync(incident, PhotoSamples.Scene(seed: 2)));

        var noted = await NoteAsync(incident, first.Hash, second.Hash, first.Hash);

        Assert.Equal([first.Hash, second.Hash], (await _database.LogAsync(incident.Number))[^1].Detail.Photos);
        Assert.All(Rows(), row => Assert.Equal(noted.LastSeq, row.Seq));
        // Its own may be named again, and stay with the entry that they first came with.
        await NoteAsync(noted, first.Hash);
        Assert.All(Rows(), row => Assert.Equal(noted.LastSeq, row.Seq));
    }

    [Fact]
    public async Task Move_NamingAPhotographThatIsNotThisCases_IsRefusedAndLeavesNothing()
    {
        var (own, other) = (await _database.ReportAsync(), await _database.ReportAsync());
        var (mine, theirs) = (await TakeAsync(own, PhotoSamples.Scene(seed: 1)), await TakeAsync(other, PhotoSamples.Scene(seed: 2)));

        foreach (var wrong in (string[])[theirs.Hash, new string('0', 64), "../../secret", ""])
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => NoteAsync(own, mine.Hash, wrong));
            Assert.Equal("PhotoUnknown", refused.Refusal.Code);
        }

        Assert.Equal(own, await _database.RowAsync(own.Number));
        Assert.All(Rows(), row => Assert.Null(row.Seq));
    }

    [Fact]
    public async Task Move_WithTooManyPhotographs_IsRefused()
    {
        var incident = await _database.ReportAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => NoteAsync(incident, [.. Enumerable.Range(0, 10).Select(n => $"{n:x64}")]));

        Assert.Equal(("PhotosTooMany", 9), (refused.Refusal.Code, refused.Refusal.Arguments[0]));
    }

    [Fact]
    public async Task Result_OfATypeThatNeedsAPhotograph_IsTakenOnlyWithOne()
    {
        var incident = await _database.MoveAsync(await _database.ReportAsync(type: "0405"), [Kind.Accepted, Kind.HandlingStarted]);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => _database.MoveAsync(incident, new IncidentMove(Kind.Resolved) { Text = "已清运" }));
        Assert.Equal(("PhotosMissing", 1), (refused.Refusal.Code, refused.Refusal.Arguments[0]));

        var photo = await TakeAsync(incident, PhotoSamples.Scene());
        var resolved = await _database.MoveAsync(incident, new IncidentMove(Kind.Resolved) { Text = "已清运", Photos = [photo.Hash] });
        Assert.Equal(IncidentState.Resolved, resolved.State);
    }

    [Fact]
    public async Task Photograph_IsShownOnlyThroughItsOwnCaseAndToWhoSeesThatCase()
    {
        var (own, other) = (await _database.ReportAsync(), await _database.ReportAsync(place: 7));
        var photo = await TakeAsync(own, PhotoSamples.Scene());
        var within = TestDatabase.Operator with { ScopeCode = own.GridCode[..9] };

        Assert.True(await IsShownAsync(own.Number, photo.Hash, TestDatabase.Operator));
        Assert.True(await IsShownAsync(own.Number, photo.Hash, within));
        Assert.False(await IsShownAsync(own.Number, photo.Hash, within with { ScopeCode = "120106999" }));
        Assert.False(await IsShownAsync(other.Number, photo.Hash, TestDatabase.Operator));
        Assert.False(await IsShownAsync("HQ20240506-999999", photo.Hash, TestDatabase.Operator));
        Assert.False(await IsShownAsync(own.Number, new string('0', 64), TestDatabase.Operator));
        Assert.False(await IsShownAsync(own.Number, "../../hongqiao.db", TestDatabase.Operator));
    }

    [Fact]
    public async Task Upload_ToACaseOutOfScope_IsRefusedLikeOneToNoCase()
    {
        var incident = await _database.ReportAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Photos.TakeAsync(
            incident.Number, new MemoryStream(PhotoSamples.Scene()), TestDatabase.Operator with { ScopeCode = "120106999" }, Cancellation));

        Assert.Equal("NotFound", refused.Refusal.Code);
        Assert.Empty(Rows());
    }

    [Fact]
    public async Task Upload_BeyondTheSizeLimit_IsRefusedBeforeItHasAllArrived()
    {
        var incident = await _database.ReportAsync();
        using var endless = new Endless();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Photos.TakeAsync(incident.Number, endless, TestDatabase.Operator, Cancellation));

        Assert.Equal(("PhotoTooBig", 1), (refused.Refusal.Code, refused.Refusal.Arguments[0]));
        Assert.InRange(endless.Given, 1 << 20, (1 << 20) + (1 << 17));
        Assert.Empty(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Upload_ToACaseWhereTooManyWait_IsRefused()
    {
        var incident = await _database.ReportAsync();
        for (var n = 0; n < PhotoRows.MostWaiting; n++)
        {
            await _database.Get<IWriteLane>().WriteAsync(
                session =>
                {
                    PhotoRows.Keep(session, new IncidentPhoto { IncidentId = incident.Id, Hash = $"{n:x64}", Width = 1, Height = 1, Bytes = 1, UploadedAt = session.Now, UploadedBy = "x" });
                    return true;
                },
                Cancellation);
        }

        var refused = await Assert.ThrowsAsync<RefusedException>(() => TakeAsync(incident, PhotoSamples.Scene()));

        Assert.Equal("PhotosWaiting", refused.Refusal.Code);
    }

    [Fact]
    public async Task Upload_OntoADiskThatTakesNothing_SaysThatTheStorageIsDown()
    {
        var incident = await _database.ReportAsync();
        // A file stands where the folder should be.
        await File.WriteAllTextAsync(Folder, "", Cancellation);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => TakeAsync(incident, PhotoSamples.Scene()));

        Assert.Empty(Rows());
    }

    [Fact]
    public async Task Check_OfACaseWithPhotographs_FindsNothingUntilAFileIsGone()
    {
        var incident = await _database.ReportAsync();
        var photo = await TakeAsync(incident, PhotoSamples.Scene());
        await NoteAsync(incident, photo.Hash);
        Assert.Empty(Differences());

        File.Delete(Path.Combine(Folder, photo.Hash[..2], photo.Hash + ".jpg"));

        Assert.Contains(incident.Number, Assert.Single(Differences()), StringComparison.Ordinal);
    }

    private List<string> Differences()
    {
        using var read = _database.Door.Open(Actor.System);
        read.BeginSnapshot();
        return [.. _database.Get<IIncidentIntegrity>().Differences(read)];
    }

    private async Task<bool> IsShownAsync(string number, string hash, Actor actor)
    {
        await using var full = await Photos.OpenAsync(number, hash, PhotoFiles.Full, actor, Cancellation);
        await using var thumbnail = await Photos.OpenAsync(number, hash, PhotoFiles.Thumbnail, actor, Cancellation);
        Assert.Equal(full is null, thumbnail is null);
        return full is not null;
    }

    private Task<UploadedPhoto> TakeAsync(Incident incident, byte[] file) =>
        Photos.TakeAsync(incident.Number, new MemoryStream(file), TestDatabase.Operator, Cancellation);

    private Task<Incident> NoteAsync(Incident incident, params string[] photos) =>
        _database.MoveAsync(incident, new IncidentMove(Kind.Noted) { Text = "现场照片", Photos = photos });

    private List<IncidentPhoto> Rows()
    {
        using var read = _database.Door.Open(Actor.System);
        return [.. read.Query<IncidentPhoto>()];
    }

    private sealed class Endless : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Given += buffer.Length;
            return new(buffer.Length);
        }
    }
}
