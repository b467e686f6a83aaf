using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Incidents.Photos;

/// <summary>Photographs over the wire of the real program.</summary>
[Collection(ServerCollection.Name)]
public sealed class PhotoServerTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AppServer Server => shared.Server;

    [Fact]
    public async Task Photograph_Fetched_ComesPrivatelyAsWhatItIsAndNoMoreOftenThanNeeded()
    {
        var number = await Reporting.ReportAsync(Server.Http, 31);
        var hash = await Photographing.UploadAsync(Server.Http, number, PhotoSamples.Marked(6));

        foreach (var address in (string[])[$"/incidents/{number}/photos/{hash}", $"/incidents/{number}/photos/{hash}/thumb"])
        {
            using var answer = await GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal(("private, no-cache", "nosniff"), (string.Join(", ", answer.Headers.CacheControl!.ToString().Split(", ").OrderDescending()), answer.Headers.GetValues("X-Content-Type-Options").Single()));
            Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Matches("^[0-9a-f]{12}[.a-z]*[.]jpg$", answer.Content.Headers.ContentDisposition.FileName);
            Assert.DoesNotContain(PhotoSamples.Mark, Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(Cancellation)), StringComparison.Ordinal);

            using var again = await GetAsync(address, answer.Headers.ETag);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
    }

    [Fact]
    public async Task Photograph_AskedForThroughAnotherCase_IsNotThere()
    {
        var (own, other) = (await Reporting.ReportAsync(Server.Http, 32), await Reporting.ReportAsync(Server.Http, 33));
        var hash = await Photographing.UploadAsync(Server.Http, own, PhotoSamples.Scene(seed: 3));

        foreach (var address in (string[])[$"/incidents/{other}/photos/{hash}", $"/incidents/{other}/photos/{hash}/thumb", $"/incidents/HQ20240506-999999/photos/{hash}", $"/incidents/{own}/photos/{new string('0', 64)}", $"/incidents/{own}/photos/..%2F..%2Fhongqiao.db"])
        {
            using var answer = await GetAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("x")]
    public async Task Upload_WithoutATokenOfThisServer_IsRefused(string? token)
    {
        var number = await Reporting.ReportAsync(Server.Http, 34);

        using var answer = await Photographing.PostAsync(Server.Http, number, PhotoSamples.Scene(), token ?? "");

        await AssertRefusedAsync(answer, HttpStatusCode.BadRequest, "PhotoFromElsewhere");
    }

    [Fact]
    public async Task Upload_FromAForeignPage_IsRefused()
    {
        var number = await Reporting.ReportAsync(Server.Http, 34);
        using var http = new HttpClient { BaseAddress = Server.Address, DefaultRequestHeaders = { { "Cookie", Server.Cookie } } };
        http.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        using var content = new ByteArrayContent(PhotoSamples.Scene());

        using var answer = await http.PostAsync(new Uri($"/incidents/{number}/photos", UriKind.Relative), content, Cancellation);

        Assert.False(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Upload_OfTwoHundredMegapixels_IsRefusedQuicklyAndInLittleMemory()
    {
        var number = await Reporting.ReportAsync(Server.Http, 35);
        // Warm: what is measured is the picture and not the first use of everything.
        await Photographing.UploadAsync(Server.Http, number, PhotoSamples.Scene());
        var bomb = PhotoSamples.ZeroPng(20_000, 10_000);
        var before = PeakMegabytes();

        for (var n = 0; n < 3; n++)
        {
            using var answer = await Photographing.PostAsync(Server.Http, number, bomb);
            await AssertRefusedAsync(answer, HttpStatusCode.UnprocessableEntity, "PhotoTooManyPixels");
        }

        // Its pixels would take 200 megabytes as grey ones, and 800 as they are drawn.
        Assert.InRange(PeakMegabytes() - before, 0, 100);
    }

    [Fact]
    public async Task Upload_BeyondTheSizeLimit_IsRefusedByWhatItDeclares()
    {
        var number = await Reporting.ReportAsync(Server.Http, 36);

        using var answer = await Photographing.PostAsync(Server.Http, number, new byte[21 * 1024 * 1024]);

        await AssertRefusedAsync(answer, HttpStatusCode.RequestEntityTooLarge, "PhotoTooBig");
    }

    [Fact]
    public async Task Upload_OfSomethingElse_IsRefusedInTheLanguageOfTheReader()
    {
        var number = await Reporting.ReportAsync(Server.Http, 37);
        using var answer = await Photographing.PostAsync(Server.Http, number, "<html></html>"u8.ToArray());

        await AssertRefusedAsync(answer, HttpStatusCode.UnsupportedMediaType, "PhotoNotAPhoto", "这不是可识别的照片。");
    }

    [Fact]
    public async Task Photographs_AnsweredBeforeAKill_AreThereAfterIt()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-").FullName;
        try
        {
            string number;
            var answered = new Dictionary<string, byte[]>();
            await using (var server = await AppServer.StartAsync(data))
            {
                number = await Reporting.ReportAsync(server.Http, 38);
                for (var n = 0; n < 3; n++)
                {
                    var hash = await Photographing.UploadAsync(server.Http, number, PhotoSamples.Scene(seed: n));
                    answered[hash] = await server.Http.GetByteArrayAsync(new Uri($"/incidents/{number}/photos/{hash}", UriKind.Relative), Cancellation);
                }

                var last = await Photographing.UploadAsync(server.Http, number, PhotoSamples.Scene(seed: 9));
                await server.KillAsync();
                answered[last] = [];
            }

            await using var again = await AppServer.StartAsync(data);
            Assert.Equal(4, answered.Count);
            foreach (var (hash, bytes) in answered)
            {
                var kept = await again.Http.GetByteArrayAsync(new Uri($"/incidents/{number}/photos/{hash}", UriKind.Relative), Cancellation);
                Assert.Equal(hash, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(kept)));
                Assert.True(bytes.Length == 0 || bytes.SequenceEqual(kept));
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Photographs_BackedUpBesideTheRunningServer_ComeBackOnAnEmptyMachine()
    {
        var place = Directory.CreateTempSubdirectory("hongqiao-test-").FullName;
        try
        {
            var number = await Reporting.ReportAsync(Server.Http, 39);
            var hash = await Photographing.UploadAsync(Server.Http, number, PhotoSamples.Scene(seed: 11));
            var (archive, restored) = (Path.Combine(place, "backup.tar.gz"), Path.Combine(place, "restored"));
            await AssertDoneAsync(Server.DataDirectory, "backup", archive);
            await AssertDoneAsync(restored, "restore", archive);

            await using var again = await AppServer.StartAsync(restored);

            foreach (var address in (string[])[$"/incidents/{number}/photos/{hash}", $"/incidents/{number}/photos/{hash}/thumb"])
            {
                Assert.Equal(
                    await Server.Http.GetByteArrayAsync(new Uri(address, UriKind.Relative), Cancellation),
                    await again.Http.GetByteArrayAsync(new Uri(address, UriKind.Relative), Cancellation));
            }
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }

        static async Task AssertDoneAsync(string data, params string[] arguments)
        {
            var (exit, output, error) = await AppServer.RunVerbAsync(data, arguments);
            Assert.True(exit == 0, $"{arguments[0]} ended with {exit}:\n{output}\n{error}");
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string address, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await Server.Http.SendAsync(request, Cancellation);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code, string? sentence = null)
    {
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal((status, code), (answer.StatusCode, (string?)JsonNode.Parse(body)!["code"]));
        Assert.Contains(sentence ?? "。", (string)JsonNode.Parse(body)!["detail"]!, StringComparison.Ordinal);
    }

    private long PeakMegabytes() => long.Parse(
        File.ReadLines($"/proc/{Server.ProcessId}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;
}
