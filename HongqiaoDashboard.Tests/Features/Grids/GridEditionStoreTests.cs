using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Grids.Data;
using HongqiaoDashboard.Features.Grids.Domain;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HongqiaoDashboard.Tests.Features.Grids;

public sealed class GridEditionStoreTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("grids");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 4, 0, 0, TimeSpan.Zero));

    private string Imported => Path.Combine(_folder.FullName, "imported");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Store_WithoutImports_HasTheShippedEdition()
    {
        using var store = Open();

        Assert.Equal("120106-2018", Assert.Single(store.Editions).Id);
        Assert.Same(store.Editions[0], store.Current);
        Assert.Same(store.Editions[0], store.At(new DateOnly(1999, 1, 1)));
        Assert.False(Directory.Exists(Imported));
    }

    [Fact]
    public void Store_WithoutAnyEdition_RefusesToStart() =>
        Assert.Throws<InvalidOperationException>(() => Open(shipped: Path.Combine(_folder.FullName, "nothing")));

    [Fact]
    public async Task Import_OfTheSameDistrict_JoinsTheShippedEditions()
    {
        using var store = Open();
        var raised = 0;
        store.EditionsChanged += () => raised++;

        Assert.Empty(await Import(store, Hongqiao("next", "2024-05-01")));

        Assert.Equal(["120106-2018", "next"], store.Editions.Select(edition => edition.Id));
        Assert.Equal("next", store.Current.Id);
        Assert.Equal("next", store.At(new DateOnly(2030, 1, 1)).Id);
        Assert.Equal("120106-2018", store.At(new DateOnly(2024, 4, 30)).Id);
        Assert.Equal(1, raised);
        Assert.Equal(["next.geojson"], Names());
    }

    [Fact]
    public async Task Import_OnTheDayOfTheShippedEdition_IsInForceInItsStead()
    {
        using var store = Open();

        Assert.Empty(await Import(store, Hongqiao("real", "2018-01-01")));

        Assert.Equal("real", store.Current.Id);
    }

    [Fact]
    public async Task Import_OfAnotherDistrict_ReplacesTheShippedOnesAsAWhole()
    {
        using var store = Open();

        Assert.Empty(await Import(store, GridSamples.NearNairobi()));

        Assert.Equal(["nairobi-1"], store.Editions.Select(edition => edition.Id));
        Assert.Equal("nairobi-1", store.At(new DateOnly(2018, 1, 1)).Id);
    }

    [Fact]
    public async Task Import_OfAThirdDistrict_IsRefused()
    {
        using var store = Open();
        Assert.Empty(await Import(store, GridSamples.NearNairobi()));

        Assert.Equal(["OtherDistrict(file, 410101, 540201)"], await Import(store, GridSamples.NearBuenosAires()));

        Assert.Equal(["nairobi-1.geojson"], Names());
    }

    [Fact]
    public async Task Import_OfAnIdOrADayThatIsTaken_IsRefusedWithBothFaults()
    {
        using var store = Open();
        Assert.Empty(await Import(store, Hongqiao("next", "2024-05-01")));

        Assert.Equal(["EditionIdTaken(file, next)", "EffectiveFromTaken(file, next)"], await Import(store, Hongqiao("next", "2024-05-01")));
        Assert.Equal(["EditionIdTaken(file, 120106-2018)"], await Import(store, Hongqiao("120106-2018", "2025-01-01")));
    }

    [Fact]
    public async Task Import_OfAFaultyFile_LeavesNoTrace()
    {
        using var store = Open();
        var file = GridSamples.NearNairobi();
        file.Drop("410101001001001");

        Assert.Single(await Import(store, file));

        Assert.False(Directory.Exists(Imported));
        Assert.Equal("120106-2018", store.Current.Id);
    }

    [Fact]
    public async Task Examine_ASoundFile_KeepsNothing()
    {
        using var store = Open();

        var import = await store.ExamineAsync(new MemoryStream(GridSamples.NearNairobi().Utf8()), TestContext.Current.CancellationToken);

        Assert.Equal(85, import.Edition!.Units.Length);
        Assert.Single(store.Editions);
        Assert.False(Directory.Exists(Imported));
    }

    [Fact]
    public async Task Keep_WhatAnotherImportHasOvertaken_IsRefused()
    {
        using var store = Open();
        var first = await store.ExamineAsync(new MemoryStream(Hongqiao("next", "2024-05-01").Utf8()), TestContext.Current.CancellationToken);
        var second = await store.ExamineAsync(new MemoryStream(Hongqiao("next", "2024-06-01").Utf8()), TestContext.Current.CancellationToken);

        Assert.Empty(store.Keep(first));

        Assert.Equal(GridFaultKind.EditionIdTaken, Assert.Single(store.Keep(second)).Kind);
        Assert.Equal(new DateOnly(2024, 5, 1), store.Current.EffectiveFrom);
    }

    [Fact]
    public async Task Watch_AnImportByAnotherProcess_IsSeenWithinASecond()
    {
        using var server = Open();
        var raised = 0;
        server.EditionsChanged += () => raised++;
        using (var verb = Open())
        {
            Assert.Empty(await Import(verb, Hongqiao("next", "2024-05-01")));
        }

        Assert.Single(server.Editions);
        _time.Advance(Second);

        Assert.Equal("next", server.Current.Id);
        Assert.Equal(1, raised);
        _time.Advance(Second);
        Assert.Equal(1, raised);
    }

    [Fact]
    public void Watch_AFileThatIsNotSound_IsNotUsed()
    {
        using var store = Open();
        Directory.CreateDirectory(Imported);
        File.WriteAllText(Path.Combine(Imported, "half.geojson"), "{\"type\":\"Feat");

        _time.Advance(Second);
        Assert.Single(store.Editions);

        File.WriteAllBytes(Path.Combine(Imported, "half.geojson"), Hongqiao("whole", "2024-05-01").Utf8());
        _time.Advance(Second);
        Assert.Equal("whole", store.Current.Id);
    }

    [Fact]
    public async Task Watch_TheDayOnWhichAnEditionTakesEffect_BeginsAtLocalMidnight()
    {
        using var store = Open();
        Assert.Empty(await Import(store, Hongqiao("next", "2024-05-02")));
        var raised = 0;
        store.EditionsChanged += () => raised++;

        _time.SetUtcNow(new DateTimeOffset(2024, 5, 1, 15, 59, 59, TimeSpan.Zero));
        Assert.Equal("120106-2018", store.Current.Id);
        Assert.Equal(0, raised);

        _time.Advance(Second);
        Assert.Equal("next", store.Current.Id);
        Assert.Equal(1, raised);
    }

    [Fact]
    public async Task Watch_AListenerThatFails_DoesNotStopTheWatching()
    {
        using var store = Open();
        store.EditionsChanged += () => throw new InvalidOperationException("a listener's fault");
        using (var verb = Open())
        {
            Assert.Empty(await Import(verb, Hongqiao("next", "2024-05-01")));
            _time.Advance(Second);
            Assert.Empty(await Import(verb, Hongqiao("later", "2024-05-02")));
        }

        _time.Advance(Second);

        Assert.Equal(3, store.Editions.Count);
    }

    [Fact]
    public async Task Dispose_OfTheStore_StopsTheWatching()
    {
        var store = Open();
        store.Dispose();
        using (var verb = Open())
        {
            Assert.Empty(await Import(verb, Hongqiao("next", "2024-05-01")));
        }

        _time.Advance(10 * Second);

        Assert.Single(store.Editions);
    }

    [Fact]
    public async Task Store_OpenedAgain_StillHasItsImports()
    {
        using (var store = Open())
        {
            Assert.Empty(await Import(store, GridSamples.NearNairobi()));
        }

        using var again = Open();

        Assert.Equal("nairobi-1", Assert.Single(again.Editions).Id);
    }

    [Fact]
    public void Store_WithFilesOfTwoDistricts_KeepsToTheFirst()
    {
        Directory.CreateDirectory(Imported);
        File.WriteAllBytes(Path.Combine(Imported, "a.geojson"), GridSamples.NearBuenosAires().Utf8());
        File.WriteAllBytes(Path.Combine(Imported, "b.geojson"), GridSamples.NearNairobi().Utf8());

        using var store = Open();

        Assert.Equal("caba-1", Assert.Single(store.Editions).Id);
    }

    // A square under the code of the shipped district.
    private static JsonObject Hongqiao(string id, string from) => GridSamples.Square(id, "120106", 117.13, 39.15, from: from);

    private GridEditionStore Open(string? shipped = null) =>
        new(shipped ?? GridSamples.ShippedFolder, Imported, _time, NullLogger<GridEditionStore>.Instance);

    private static async Task<List<string>> Import(GridEditionStore store, JsonObject file)
    {
        var import = await store.ExamineAsync(new MemoryStream(file.Utf8()), TestContext.Current.CancellationToken);
        return [.. store.Keep(import).Select(fault => fault.ToString())];
    }

    private IEnumerable<string?> Names() => Directory.GetFileSystemEntries(Imported).Select(Path.GetFileName);
}
