using System.Text;
using HongqiaoDashboard.Platform.Photos;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.TestKit;
using SkiaSharp;

namespace HongqiaoDashboard.Tests.Platform.Photos;

public sealed class PhotoCleanerTests
{
    private static readonly PhotoOptions Options = new();

    // Start, tables, frame, scan, end, and the one application segment that says "this is a JPEG".
    private static readonly byte[] Plain = [0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9];

    public static TheoryData<string, byte[], string> NotTaken => new()
    {
        { "a page", "<!doctype html><script>alert(1)</script>"u8.ToArray(), "PhotoNotAPhoto" },
        { "a drawing", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"u8.ToArray(), "PhotoNotAPhoto" },
        { "an archive", PhotoSamples.Zip(), "PhotoNotAPhoto" },
        { "nothing", [], "PhotoNotAPhoto" },
        { "an animation", "GIF89a\u0001\0\u0001\0\0\0\0;"u8.ToArray(), "PhotoNotAPhoto" },
        { "an iPhone's own format", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8], "PhotoHeic" },
        { "rubbish behind a JPEG's start", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, .. Rubbish(4000)], "PhotoDamaged" },
        { "rubbish behind a PNG's start", [0x89, .. "PNG\r\n\u001a\n"u8, .. Rubbish(4000)], "PhotoDamaged" },
        { "rubbish behind a WebP's start", [.. "RIFF"u8, 0, 16, 0, 0, .. "WEBPVP8 "u8, .. Rubbish(4000)], "PhotoDamaged" },
        { "half a JPEG", PhotoSamples.Scene(1600, 1200)[..^9000], "PhotoDamaged" },
        { "half a PNG", PhotoSamples.Scene(format: SKEncodedImageFormat.Png)[..^900], "PhotoDamaged" },
        { "a PNG that lacks what its header promises", PhotoSamples.ZeroPng(4000, 4000, rows: 10), "PhotoDamaged" },
        { "200 megapixels by its header", PhotoSamples.ZeroPng(20_000, 10_000, rows: 1), "PhotoTooManyPixels" },
        { "a strip of 57 megapixels", PhotoSamples.ZeroPng(900_000, 64, rows: 0), "PhotoTooManyPixels" },
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Photograph_WithAnythingHidden_StandsUprightAndHidesNothing(int orientation)
    {
        var clean = PhotoCleaner.Clean(PhotoSamples.Marked(orientation), Options);

        Assert.Equal((800, 600), (clean.Width, clean.Height));
        AssertQuarters(clean.Full, 800, 600);
        AssertQuarters(clean.Thumbnail, 320, 240);
        AssertNothingHidden(clean);
    }

    [Fact]
    public void Png_WithTextsInItsChunks_KeepsItsPictureOnly()
    {
        var clean = PhotoCleaner.Clean(PhotoSamples.MarkedPng(), Options);

        AssertQuarters(clean.Full, 800, 600);
        AssertNothingHidden(clean);
    }

    [Fact]
    public void WebP_IsKeptAsJpeg()
    {
        var clean = PhotoCleaner.Clean(PhotoSamples.Scene(format: SKEncodedImageFormat.Webp), Options);

        AssertQuarters(clean.Full, 800, 600);
        AssertNothingHidden(clean);
    }

    [Fact]
    public void Png_WithTransparentParts_StandsOnWhiteAndHidesNothingBeneath()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(64, 64, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(new SKColor(255, 0, 0, 0));
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        using var kept = SKBitmap.Decode(PhotoCleaner.Clean(encoded.ToArray(), Options).Full);

        AssertNear(SKColors.White, kept.GetPixel(32, 32));
    }

    [Theory]
    [InlineData(5120, 2880, 2560, 1440)]
    [InlineData(3000, 4000, 1920, 2560)]
    [InlineData(2561, 100, 2560, 100)]
    [InlineData(300, 200, 300, 200)]
    [InlineData(1, 1, 1, 1)]
    public void Photograph_LargerThanWhatIsKept_IsShrunkAndASmallerOneIsNot(int width, int height, int keptWidth, int keptHeight)
    {
        foreach (var format in (SKEncodedImageFormat[])[SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png])
        {
            var clean = PhotoCleaner.Clean(PhotoSamples.Scene(width, height, format), Options);

            Assert.Equal((keptWidth, keptHeight), (clean.Width, clean.Height));
            using var kept = SKBitmap.Decode(clean.Full);
            Assert.Equal((keptWidth, keptHeight), (kept.Width, kept.Height));
        }
    }

    [Fact]
    public void Photograph_CleanedTwice_GivesTheSameBytes()
    {
        var file = PhotoSamples.Marked(6);

        Assert.Equal(PhotoCleaner.Clean(file, Options).Full, PhotoCleaner.Clean(file, Options).Full);
    }

    [Theory]
    [MemberData(nameof(NotTaken))]
    public void File_ThatIsNoPhotographToBeKept_IsRefusedWithItsReason(string what, byte[] file, string code)
    {
        var refused = Record.Exception(() => PhotoCleaner.Clean(file, Options));

        Assert.True(refused is RefusedException { Refusal.Code: var found } && found == code, $"{what}: {refused?.Message ?? "taken in"}");
    }

    private static byte[] Rubbish(int length)
    {
        var rubbish = new byte[length];
        new Random(20261).NextBytes(rubbish);
        return rubbish;
    }

    private static void AssertQuarters(byte[] jpeg, int width, int height)
    {
        using var picture = SKBitmap.Decode(jpeg);
        Assert.Equal((width, height), (picture.Width, picture.Height));
        for (var quarter = 0; quarter < 4; quarter++)
        {
            AssertNear(PhotoSamples.Quarters[quarter], picture.GetPixel(width / 4 + quarter % 2 * width / 2, height / 4 + quarter / 2 * height / 2));
        }
    }

    private static void AssertNear(SKColor expected, SKColor actual) =>
        Assert.True(
            Math.Abs(expected.Red - actual.Red) < 12 && Math.Abs(expected.Green - actual.Green) < 12 && Math.Abs(expected.Blue - actual.Blue) < 12,
            $"{actual} is not near {expected}.");

    private static void AssertNothingHidden(CleanPhoto clean)
    {
        foreach (var jpeg in (byte[][])[clean.Full, clean.Thumbnail])
        {
            var (markers, behind) = PhotoSamples.Anatomy(jpeg);
            Assert.Empty(markers.Except(Plain));
            Assert.Equal(0, behind);
            Assert.DoesNotContain("MARK", Encoding.Latin1.GetString(jpeg), StringComparison.Ordinal);
        }
    }
}
