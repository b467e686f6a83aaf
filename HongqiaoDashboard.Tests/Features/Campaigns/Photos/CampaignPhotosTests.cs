using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Photos;
using HongqiaoDashboard.Platform.Backup;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Photos;
using HongqiaoDashboard.Tests.TestKit;
using static HongqiaoDashboard.Tests.Features.Campaigns.CampaignHouse;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Photos;

/// <summary>Photographs of items, from the file to the picture, and what becomes of their files.</summary>
public sealed class CampaignPhotosTests : IAsyncLifetime
{
    private readonly CampaignHouse _house = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CampaignPhotos Photos => _house.Database.Get<CampaignPhotos>();

    private PhotoFiles Files => _house.Database.Get<PhotoFiles>();

    public async ValueTask InitializeAsync() => await _house.PutAsync(Market(), Markets);

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Photographs_AddedAndTakenAway_AreSeenByEveryProcessAndStayOnRecord()
    {
        _house.Step();
        var before = await AddAsync(PhotoMoment.Before, 1, Today.AddDays(-30));
        var after = await AddAsync(PhotoMoment.After, 2);
        Assert.Equal(before, await AddAsync(PhotoMoment.Before, 1, Today));

        var shown = (await _house.LookAsync(Markets)).Items[0].Photos;
        Assert.Equal([(PhotoMoment.Before, before.Hash, Today.AddDays(-30)), (PhotoMoment.After, after.Hash, null)], shown.Select(p => (p.Moment, p.Hash, p.TakenOn)));
        Assert.Equal("王芳", shown[0].ActorName);

        await Photos.RemoveAsync(Markets, "M1", PhotoMoment.Before, before.Hash, Other, Cancellation);
        Assert.Equal([after.Hash], (await _house.LookAsync(Markets)).Items[0].Photos.Select(p => p.Hash));
        Assert.Equal("PhotoNotThere", (await RefusedAsync(() => Photos.RemoveAsync(Markets, "M1", PhotoMoment.Before, before.Hash, Other, Cancellation))).Code);
        Assert.Null(await Photos.OpenAsync(Markets, "M1", before.Hash, PhotoFiles.Full, Enterer, Cancellation));

        var again = _house.Again();
        again.Step();
        Assert.Equal([after.Hash], again.Sheets.Single(sheet => sheet.Definition.Code == Markets).Items[0].Photos.Select(p => p.Hash));
        Assert.Equal(
            [(before.Hash, false, "赵强"), (after.Hash, true, "王芳"), (before.Hash, true, "王芳")],
            (await Photos.HistoryAsync(Markets, "M1", Enterer, Cancellation)).Select(word => (word.Photo.Hash, word.Kept, word.Photo.ActorName)));

        // Who took it away by mistake brings it again.
        await AddAsync(PhotoMoment.Before, 1);
        Assert.Equal([after.Hash, before.Hash], (await _house.LookAsync(Markets)).Items[0].Photos.Select(p => p.Hash));
        Assert.Empty(_house.Differences());
    }

    [Fact]
    public async Task Photograph_WhereNoneMayBe_IsRefusedBeforeItIsDecoded()
    {
        await _house.PutAsync(Parcel());
        var elsewhere = new Actor("street-3", "孙立", Roles.StreetDispatcher, Streets[1].Code);
        using var body = new MemoryStream(PhotoSamples.Scene());

        Assert.Equal("PhotosNotWanted", (await RefusedAsync(() => Photos.AddAsync(Relocation, "P1", PhotoMoment.Before, body, null, Enterer, Cancellation))).Code);
        Assert.Equal("ItemUnknown", (await RefusedAsync(() => Photos.AddAsync(Markets, "M1", PhotoMoment.Before, body, null, elsewhere, Cancellation))).Code);
        Assert.Equal("ItemUnknown", (await RefusedAsync(() => Photos.AddAsync(Markets, "M9", PhotoMoment.Before, body, null, Enterer, Cancellation))).Code);
        Assert.Equal("CampaignUnknown", (await RefusedAsync(() => Photos.AddAsync("none", "M1", PhotoMoment.Before, body, null, Enterer, Cancellation))).Code);
        Assert.Equal("PhotoDayAhead", (await RefusedAsync(() => Photos.AddAsync(Markets, "M1", PhotoMoment.Before, body, Today.AddDays(1), Enterer, Cancellation))).Code);
        Assert.Equal(0, body.Position);
        Assert.Equal("PhotoNotAPhoto", (await RefusedAsync(() => Photos.AddAsync(Markets, "M1", PhotoMoment.Before, new MemoryStream("<svg/>"u8.ToArray()), null, Enterer, Cancellation))).Code);

        var kept = await AddAsync(PhotoMoment.Before, 1);
        Assert.Null(await Photos.OpenAsync(Markets, "M1", kept.Hash, PhotoFiles.Full, elsewhere, Cancellation));
        Assert.Empty(await Photos.HistoryAsync(Markets, "M1", elsewhere, Cancellation));
        await using var file = await Photos.OpenAsync(Markets, "M1", kept.Hash, PhotoFiles.Thumbnail, Enterer, Cancellation);
        Assert.NotNull(file);
    }

    [Fact]
    public async Task Files_OfACampaignsPhotographs_AreNotSweptAndAreInTheBackup()
    {
        var (kept, taken) = (await AddAsync(PhotoMoment.Before, 1), await AddAsync(PhotoMoment.After, 2));
        var incident = await _house.Database.ReportAsync();
        var waiting = await _house.Database.Get<HongqiaoDashboard.Features.Incidents.Photos.PhotoDesk>().TakeAsync(incident.Number, new MemoryStream(PhotoSamples.Scene(seed: 3)), TestDatabase.Operator, Cancellation);
        Assert.Equal(6, BackedUp().Count);

        _house.Database.Clock.Advance(TimeSpan.FromDays(2));
        await Photos.RemoveAsync(Markets, "M1", PhotoMoment.After, taken.Hash, Enterer, Cancellation);

        // What waited for a move is forgotten; what was just taken away stays for a day, so that no running backup misses it.
        Assert.Equal(1, await SweepAsync());
        Assert.Equal((true, true, false), (Files.Has(kept.Hash), Files.Has(taken.Hash), Files.Has(waiting.Hash)));
        Assert.Equal([$"{kept.Hash[..2]}/{kept.Hash}.jpg", $"{kept.Hash[..2]}/{kept.Hash}.thumb.jpg"], BackedUp());

        _house.Database.Clock.Advance(PhotoSweep.Waits + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await SweepAsync());
        Assert.Equal((true, false), (Files.Has(kept.Hash), Files.Has(taken.Hash)));
        Assert.Empty(_house.Differences());

        File.Delete(Files.Folder.PathOf(kept.Hash, PhotoFiles.Thumbnail));
        Assert.Contains(kept.Hash, Assert.Single(_house.Differences()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photographs_AsManyAsAnItemMayHave_AreFollowedByNoMore()
    {
        for (var n = 0; n < CampaignPhotos.Most; n++)
        {
            await AddAsync(PhotoMoment.After, 10 + n);
        }

        Assert.Equal("PhotosEnough", (await RefusedAsync(() => AddAsync(PhotoMoment.After, 99))).Code);
        await AddAsync(PhotoMoment.Before, 99);
    }

    private Task<CampaignPhoto> AddAsync(PhotoMoment moment, int seed, DateOnly? takenOn = null) =>
        Photos.AddAsync(Markets, "M1", moment, new MemoryStream(PhotoSamples.Scene(64, 48, seed: seed)), takenOn, Enterer, Cancellation);

    private Task<int> SweepAsync() => _house.Database.Get<PhotoSweep>().SweepAsync(_house.Database.Clock.GetUtcNow(), Cancellation);

    private List<string> BackedUp()
    {
        using var read = _house.Database.Door.Open(Actor.System);
        return [.. _house.Database.Get<IEnumerable<IBackupPart>>().OfType<PhotoBackup>().Single().Files(read, "")];
    }
}
