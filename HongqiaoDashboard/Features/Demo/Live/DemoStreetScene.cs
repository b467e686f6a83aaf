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

    private const int GlyphEdge = 24;

    // 演示图片, a row of dots a number: the drawing library is built without fonts, and the picture is the same on every machine.
    private static readonly uint[][] Words =
    [
        [0x000000, 0x000400, 0x080600, 0x0EFFF8, 0x06FFF8, 0x008008, 0x008008, 0x007FF0, 0x003FE0, 0x380200, 0x0C7FF8, 0x004618, 0x004218, 0x004618, 0x067FF8, 0x064218, 0x044218, 0x0C7FF8, 0x0C0000, 0x1818E0, 0x187070, 0x11C018, 0x000000, 0x000000],
        [0x000000, 0x000000, 0x000000, 0x0FFFF0, 0x0FFFF0, 0x000000, 0x000000, 0x000000, 0x000000, 0x3FFFFC, 0x3FFFFC, 0x001800, 0x001800, 0x0218C0, 0x061860, 0x061860, 0x0C1830, 0x0C1830, 0x181818, 0x301818, 0x001808, 0x01F800, 0x00F000, 0x000000],
        [0x000000, 0x000000, 0x1FFFF8, 0x1FFFF8, 0x100018, 0x106018, 0x10FF98, 0x11C198, 0x13C318, 0x127E18, 0x103C18, 0x10FF18, 0x17C3F8, 0x163058, 0x103E18, 0x100618, 0x11F018, 0x107E18, 0x100318, 0x100018, 0x1FFFF8, 0x1FFFF8, 0x100008, 0x000000],
        [0x000000, 0x000400, 0x060600, 0x060600, 0x060600, 0x060600, 0x060600, 0x07FFF8, 0x07FFF8, 0x060000, 0x060000, 0x060000, 0x060000, 0x07FFC0, 0x07FFC0, 0x0C00C0, 0x0C00C0, 0x0C00C0, 0x0C00C0, 0x1800C0, 0x3800C0, 0x3000C0, 0x000080, 0x000000],
    ];

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
        const int Dot = 3;
        Box(canvas, 0, Height - 84, Width, 84, new SKColor(0, 0, 0, 190));
        var left = (Width - (Words.Length * GlyphEdge * Dot)) / 2;
        foreach (var (row, glyph, line) in Words.SelectMany((rows, place) => rows.Select((row, line) => (row, place, line))))
        {
            for (var x = 0; x < GlyphEdge; x++)
            {
                if ((row >> (GlyphEdge - 1 - x) & 1) != 0)
                {
                    Box(canvas, left + (((glyph * GlyphEdge) + x) * Dot), Height - 78 + (line * Dot), Dot, Dot, SKColors.White);
                }
            }
        }
    }

    private static void Box(SKCanvas canvas, float x, float y, float wide, float high, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour };
        canvas.DrawRect(x, y, wide, high, paint);
    }

    private static SKColor Opaque(SKColor colour) => colour.WithAlpha(0xFF);
}
