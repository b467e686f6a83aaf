using HongqiaoDashboard.Kernel;
using SkiaSharp;

namespace HongqiaoDashboard.Platform.Photos;

/// <summary>A photograph as it is kept: its pixels, upright, and nothing else.</summary>
/// <param name="Full">JPEG, the longer edge cut to what the options say.</param>
/// <param name="Thumbnail">JPEG.</param>
/// <param name="Width">Of the photograph, pixels.</param>
/// <param name="Height">Of the photograph, pixels.</param>
internal sealed record CleanPhoto(byte[] Full, byte[] Thumbnail, int Width, int Height);

/// <summary>
/// Makes of an uploaded file what is kept. What it is, its content says and not its name. The picture is drawn anew from its
/// pixels, so nothing else of the file comes through: no place, no device, no comment, no embedded thumbnail, nothing behind the end.
/// </summary>
internal static class PhotoCleaner
{
    private const int Quality = 85;
    private const int ThumbnailQuality = 78;
    private const int ThumbnailEdge = 320;

    // Decoders shrink by eighths while they decode.
    private const int Eighths = 8;

    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

    /// <summary>Reads, turns upright, shrinks and encodes.</summary>
    /// <param name="content">The file.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="RefusedException">
    /// <c>PhotoNotAPhoto</c>, <c>PhotoHeic</c>, <c>PhotoTooManyPixels</c> (told from the header, before anything is decoded), <c>PhotoDamaged</c>.
    /// </exception>
    public static CleanPhoto Clean(byte[] content, PhotoOptions options)
    {
        CheckType(content);
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data) ?? throw new RefusedException("PhotoDamaged");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > options.MaxMegapixels * 1_000_000L)
        {
            throw new RefusedException("PhotoTooManyPixels", options.MaxMegapixels);
        }

        using var decoded = Decode(codec, Math.Min(1.0, (double)options.LongEdge / Math.Max(width, height)));
        using var upright = Draw(decoded, codec.EncodedOrigin, Fit(new SKSizeI(width, height), options.LongEdge));
        using var thumbnail = Draw(upright, SKEncodedOrigin.TopLeft, Fit(upright.Info.Size, ThumbnailEdge));
        return new CleanPhoto(Encode(upright, Quality), Encode(thumbnail, ThumbnailQuality), upright.Width, upright.Height);
    }

    private static void CheckType(ReadOnlySpan<byte> content)
    {
        var known = content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
            || content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])
            || (content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..12].SequenceEqual("WEBP"u8));
        if (known)
        {
            return;
        }

        var heic = content.Length >= 12 && content[4..8].SequenceEqual("ftyp"u8) && HeicBrands.Contains(System.Text.Encoding.ASCII.GetString(content[8..12]));
        throw new RefusedException(heic ? "PhotoHeic" : "PhotoNotAPhoto");
    }

    // At the smallest size that the decoder gives and that is not below the wanted one: of a large JPEG, most is never unpacked.
    private static SKBitmap Decode(SKCodec codec, double scale)
    {
        var size = codec.GetScaledDimensions((float)(Math.Ceiling(scale * Eighths) / Eighths));
        // With a colour space, so that other profiles are turned into the one that is meant where none is named.
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        var bitmap = new SKBitmap();
        try
        {
            var result = bitmap.TryAllocPixels(info) ? codec.GetPixels(info, bitmap.GetPixels()) : SKCodecResult.InternalError;
            return result == SKCodecResult.Success ? bitmap : throw new RefusedException("PhotoDamaged");
        }
        catch
        {
            bitmap.Dispose();
            throw;
        }
    }

    private static SKSizeI Fit(SKSizeI size, int edge)
    {
        var scale = Math.Min(1.0, (double)edge / Math.Max(size.Width, size.Height));
        return new SKSizeI(Math.Max(1, (int)Math.Round(size.Width * scale)), Math.Max(1, (int)Math.Round(size.Height * scale)));
    }

    // On white, without a colour space of its own: what shone through is gone, and the encoder has no profile to write.
    private static SKBitmap Draw(SKBitmap source, SKEncodedOrigin origin, SKSizeI size)
    {
        var lies = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var drawn = new SKBitmap(new SKImageInfo(lies ? size.Height : size.Width, lies ? size.Width : size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(drawn);
        using var pixels = source.PeekPixels() ?? throw new RefusedException("PhotoDamaged");
        using var image = SKImage.FromPixels(pixels);
        canvas.Clear(SKColors.White);
        canvas.SetMatrix(Upright(origin, size.Width, size.Height));
        var smaller = source.Width > size.Width || source.Height > size.Height;
        canvas.DrawImage(
            image, new SKRect(0, 0, source.Width, source.Height), new SKRect(0, 0, size.Width, size.Height),
            smaller ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear) : SKSamplingOptions.Default);
        return drawn;
    }

    // Where a point of the picture as it lies in the file comes to stand, by the eight orientations of EXIF.
    private static SKMatrix Upright(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static byte[] Encode(SKBitmap bitmap, int quality)
    {
        using var pixels = bitmap.PeekPixels();
        using var encoded = pixels?.Encode(new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore));
        return encoded?.ToArray() ?? throw new RefusedException("PhotoDamaged");
    }
}
