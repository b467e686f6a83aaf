using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Grids;

/// <summary>The verb and the endpoint on the real program.</summary>
public sealed class ImportGridsVerbTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hongqiao-grids-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ImportGrids_WhileAServerRuns_IsServedByItSoonAfter()
    {
        await using var server = await AppServer.StartAsync(Data);
        var address = new Uri("/api/grids/caba-1/street.geojson", UriKind.Relative);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await server.Http.GetAsync(address, Cancellation)).StatusCode);

        var (exit, output, _) = await AppServer.RunVerbAsync(Data, "import-grids", FileOf("caba.geojson", GridSamples.NearBuenosAires().Utf8()));

        Assert.Equal(0, exit);
        Assert.Contains("caba-1", output, StringComparison.Ordinal);
        Assert.Contains("64", output, StringComparison.Ordinal);
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        HttpResponseMessage response;
        while ((response = await server.Http.GetAsync(address, bound.Token)).StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            response.Dispose();
        }

        Assert.Contains("540201004", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportGrids_AFaultyFile_ListsEveryFaultOnStandardErrorOnly()
    {
        var file = GridSamples.NearNairobi();
        file.Edition()["timeZone"] = "Mars/Olympus";
        file.Properties("410101001001001").Remove("name");

        var (exit, output, error) = await AppServer.RunVerbAsync(Data, "import-grids", FileOf("bad.geojson", file.Utf8()));

        Assert.Equal(1, exit);
        Assert.Empty(output);
        Assert.Contains("Mars/Olympus", error, StringComparison.Ordinal);
        Assert.Contains("410101001001001\t", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Data, "grids")));
    }

    [Fact]
    public async Task ImportGrids_WithoutAFile_IsAWrongCall()
    {
        var (exit, output, error) = await AppServer.RunVerbAsync(Data, "import-grids");

        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains("import-grids FILE", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportGrids_AFileThatIsNotThere_IsRefused()
    {
        var (exit, output, error) = await AppServer.RunVerbAsync(Data, "import-grids", Path.Combine(_folder.FullName, "none.geojson"));

        Assert.Equal(1, exit);
        Assert.Empty(output);
        Assert.Contains("none.geojson", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Geometry_AskedAgainWithItsTag_IsNotSentTwice()
    {
        await using var server = await AppServer.StartAsync(Data);
        var address = new Uri("/api/grids/120106-2018/basic.geojson", UriKind.Relative);

        using var first = await server.Http.GetAsync(address, Cancellation);
        using var question = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await server.Http.SendAsync(question, Cancellation);

        Assert.Equal("application/geo+json", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(GridSamples.Shipped.GeoJson(HongqiaoDashboard.Features.Grids.Contracts.GridTier.Basic).ToArray(), await first.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(TimeSpan.FromDays(1), first.Headers.CacheControl!.MaxAge);
        Assert.Equal(System.Net.HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await server.Http.GetAsync(new Uri("/api/grids/120106-2018/village.geojson", UriKind.Relative), Cancellation)).StatusCode);
    }

    private string FileOf(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
