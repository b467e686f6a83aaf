using HongqiaoDashboard.Features.Demo.Domain;
using SkiaSharp;

namespace HongqiaoDashboard.Features.Demo.Live;

/// <summary>
/// A street as a simple drawing, full of stalls or empty. It is marked as made up in the picture itself, so that no copy of it can
/// pass for a photograph. The same seed and item give the same drawing.
/// </summary>
internal static class DemoStreetScene
{
    private const int Width = 960;
    private const int Height = 720;
    private const int Kerb = 430;

    private static readonly SKColor[] Walls = [new(0xB8C4CE), new(0xC9BFAE), new(0xA9B8A6), new(0xBFB0B8)];
    private static readonly SKColor[] Awnings = [new(0xC0504D), new(0x2E75B6), new(0x548235), new(0xBF8F00)];

    /// <summary>Draws it as a PNG.</summary>
    /// <param name="seed">Seed of the demo.</param>
    /// <param name="item">Code of the market, so that each has its own street.</param>
    /// <param name="stalls">Whether the stalls stand.</param>
    public static byte[] Draw(int seed, string item, bool stalls)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            // The street is drawn the same both times; only what stands on it differs.
            Street(canvas, StableRandom.Of(seed, "street-" + item, 0));
            if (stalls)
            {
                Stalls(canvas, StableRandom.Of(seed, "stalls-" + item, 0));
            }

            Mark(canvas);
        }

        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }

    private static void Street(SKCanvas canvas, StableRandom random)
    {
        canvas.Clear(new SKColor(0xFFDCE6EE));
        for (var x = 0; x < Width;)
        {
            var (wide, high) = (110 + random.Below(90), 170 + random.Below(150));
            Box(canvas, x, Kerb - 60 - high, wide, high, Opaque(Walls[random.Below(Walls.Length)]));
            for (var (left, top) = (x + 16, Kerb - 44 - high); top < Kerb - 110; left += 40)
            {
                if (left + 22 > x + wide - 8)
                {
                    (left, top) = (x - 24, top + 52);
                    continue;
                }

                Box(canvas, left, top, 22, 30, new SKColor(0xFF62788A));
            }

            x += wide;
        }

        Box(canvas, 0, Kerb - 60, Width, 60, new SKColor(0xFFB9B4AA));
        Box(canvas, 0, Kerb, Width, Height - Kerb, new SKColor(0xFF6B7076));
        for (var x = 20; x < Width; x += 120)
        {
            Box(canvas, x, Kerb + 150, 70, 8, SKColors.White);
        }
    }

    private static void Stalls(SKCanvas canvas, StableRandom random)
    {
        for (var row = 0; row < 2; row++)
        {
            for (var x = 15 + random.Below(30); x < Width - 130; x += 150 + random.Below(30))
            {
                var top = Kerb - 60 + (row * 165);
                Box(canvas, x + 6, top, 4, 100, new SKColor(0xFF4A4A4A));
                Box(canvas, x + 112, top, 4, 100, new SKColor(0xFF4A4A4A));
                Box(canvas, x, top - 8, 122, 30, Opaque(Awnings[random.Below(Awnings.Length)]));
                Box(canvas, x + 4, top + 62, 114, 42, new SKColor(0xFF8A6B4A));
                using var paint = new SKPaint { IsAntialias = true };
                for (var n = 0; n < 5; n++)
                {
                    paint.Color = Opaque(Awnings[random.Below(Awnings.Length)]);
                    canvas.DrawCircle(x + 18 + (n * 22), top + 58, 10, paint);
                }
            }
        }
    }

    private static void Mark(SKCanvas canvas)
    {
        const string Chinese = "演示图片";
        // Where no font has Chinese, English must do.
        using var face = SKFontManager.Default.MatchCharacter(Chinese[0]);
        using var font = new SKFont(face ?? SKTypeface.Default, 44);
        using var paint = new SKPaint { IsAntialias = true, Color = SKColors.White };
        var words = face is null ? "DEMO PICTURE" : Chinese + "  DEMO";
        Box(canvas, 0, Height - 84, Width, 84, new SKColor(0, 0, 0, 190));
        canvas.DrawText(words, Width / 2f, Height - 26, SKTextAlign.Center, font, paint);
    }

    private static void Box(SKCanvas canvas, float x, float y, float wide, float high, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour };
        canvas.DrawRect(x, y, wide, high, paint);
    }

    private static SKColor Opaque(SKColor colour) => colour.WithAlpha(0xFF);
}
