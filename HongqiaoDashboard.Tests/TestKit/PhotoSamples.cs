using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>Pictures made on the spot, and files that only look like pictures.</summary>
public static class PhotoSamples
{
    /// <summary>What is planted wherever a file can hold a text. It must come through nowhere.</summary>
    public const string Mark = "MARK-13812345678";

    /// <summary>Colours of the quarters of <see cref="Scene"/>: top left, top right, bottom left, bottom right.</summary>
    public static readonly SKColor[] Quarters = [new(200, 30, 30), new(30, 160, 60), new(40, 60, 200), new(230, 200, 40)];

    /// <summary>A picture of four coloured quarters.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="format">How it is encoded.</param>
    /// <param name="seed">Another one gives another picture.</param>
    public static byte[] Scene(int width = 800, int height = 600, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg, int seed = 0)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint();
        for (var quarter = 0; quarter < 4; quarter++)
        {
            paint.Color = Quarters[quarter];
            canvas.DrawRect(SKRect.Create(quarter % 2 * width / 2f, quarter / 2 * height / 2f, width / 2f, height / 2f), paint);
        }

        paint.Color = SKColors.Black;
        canvas.DrawRect(SKRect.Create(width * 0.45f, height * 0.45f, width * 0.1f, height * 0.1f), paint);
        paint.Color = new SKColor((byte)(seed * 37), (byte)(seed * 91), (byte)(seed * 53));
        canvas.DrawRect(SKRect.Create(width * 0.48f, height * 0.48f, width * 0.04f, height * 0.04f), paint);
        using var encoded = bitmap.Encode(format, 92);
        return encoded.ToArray();
    }

    /// <summary>A JPEG as it lies in a camera's file with an orientation, with something hidden in every place that can hide it.</summary>
    /// <param name="orientation">1 to 8, as EXIF numbers them.</param>
    public static byte[] Marked(int orientation)
    {
        using var upright = SKBitmap.Decode(Scene());
        using var lying = Lay(upright, orientation);
        using var encoded = lying.Encode(SKEncodedImageFormat.Jpeg, 95);
        var jpeg = encoded.ToArray();
        var file = new MemoryStream();
        file.Write(jpeg, 0, 2);
        file.Write(Segment(0xE1, [.. "Exif\0\0"u8, .. Tiff(orientation)]));
        file.Write(Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.ASCII.GetBytes($"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{Mark}</x:xmpmeta>")]));
        file.Write(Segment(0xED, [.. "Photoshop 3.0\0"u8, .. Encoding.ASCII.GetBytes(Mark)]));
        file.Write(Segment(0xEB, Encoding.ASCII.GetBytes(Mark)));
        file.Write(Segment(0xFE, Encoding.ASCII.GetBytes(Mark)));
        file.Write(jpeg, 2, jpeg.Length - 2);
        file.Write(Encoding.ASCII.GetBytes(Mark));
        file.Write(Zip());
        return file.ToArray();
    }

    /// <summary>A PNG with texts in every chunk that can hold one, and behind its end.</summary>
    public static byte[] MarkedPng()
    {
        var png = Scene(format: SKEncodedImageFormat.Png);
        var text = Encoding.ASCII.GetBytes(Mark);
        var file = new MemoryStream();
        file.Write(png, 0, 33);
        file.Write(Chunk("tEXt", [.. "Comment\0"u8, .. text]));
        file.Write(Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. text]));
        file.Write(Chunk("zTXt", [.. "Author\0\0"u8, .. Deflate(text)]));
        file.Write(Chunk("eXIf", Tiff(1)));
        file.Write(Chunk("prVt", text));
        file.Write(png, 33, png.Length - 33);
        file.Write(text);
        return file.ToArray();
    }

    /// <summary>A valid PNG of zeros: a small file that unpacks to a byte for each of its pixels.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="rows">Rows that are really in the file; null for all.</param>
    public static byte[] ZeroPng(int width, int height, int? rows = null)
    {
        var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[width + 1];
            for (var y = 0; y < (rows ?? height); y++)
            {
                deflate.Write(row);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A zip archive.</summary>
    public static byte[] Zip()
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("a.txt").Open();
            entry.Write(Encoding.ASCII.GetBytes(Mark));
        }

        return file.ToArray();
    }

    /// <summary>Which of the markers stand in a JPEG, without the restart markers of its scans, and how much follows its end.</summary>
    /// <param name="jpeg">The file.</param>
    public static (IReadOnlyList<byte> Markers, int Behind) Anatomy(ReadOnlySpan<byte> jpeg)
    {
        var markers = new List<byte>();
        var at = 0;
        while (at < jpeg.Length)
        {
            Assert.Equal(0xFF, jpeg[at]);
            var marker = jpeg[at + 1];
            markers.Add(marker);
            at += 2;
            if (marker == 0xD9)
            {
                break;
            }

            if (marker != 0xD8)
            {
                at += BinaryPrimitives.ReadUInt16BigEndian(jpeg[at..]);
            }

            while (marker == 0xDA && (jpeg[at] != 0xFF || jpeg[at + 1] is 0 or (>= 0xD0 and <= 0xD7)))
            {
                at++;
            }
        }

        return (markers, jpeg.Length - at);
    }

    // The picture as it lies in the file when its orientation is what stands it up.
    private static SKBitmap Lay(SKBitmap upright, int orientation)
    {
        var turned = orientation >= 5;
        var lying = new SKBitmap(turned ? upright.Height : upright.Width, turned ? upright.Width : upright.Height);
        var (from, to) = (upright.Pixels, new SKColor[upright.Width * upright.Height]);
        for (var y = 0; y < lying.Height; y++)
        {
            for (var x = 0; x < lying.Width; x++)
            {
                var (right, down) = (upright.Width - 1, upright.Height - 1);
                var (px, py) = orientation switch
                {
                    1 => (x, y),
                    2 => (right - x, y),
                    3 => (right - x, down - y),
                    4 => (x, down - y),
                    5 => (y, x),
                    6 => (right - y, x),
                    7 => (right - y, down - x),
                    _ => (y, down - x),
                };
                to[y * lying.Width + x] = from[py * upright.Width + px];
            }
        }

        lying.Pixels = to;

        return lying;
    }

    // Two directories: the picture's, with place and device, and the embedded thumbnail's.
    private static byte[] Tiff(int orientation)
    {
        var text = Encoding.ASCII.GetBytes(Mark + "\0");
        var tiff = new byte[4096];
        var at = 512;
        int Put(byte[] data)
        {
            data.CopyTo(tiff, at);
            at += data.Length + (data.Length & 1);
            return at - data.Length - (data.Length & 1);
        }

        "II*\0"u8.CopyTo(tiff);
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(4), 8);
        var entry = 8;
        void Directory(params (ushort Tag, ushort Type, int Count, int Value)[] entries)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(entry), (ushort)entries.Length);
            entry += 2;
            foreach (var (tag, type, count, value) in entries)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(entry), tag);
                BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(entry + 2), type);
                BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(entry + 4), count);
                BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(entry + 8), value);
                entry += 12;
            }
        }

        var embedded = Scene(32, 24);
        Directory((0x010E, 2, text.Length, Put(text)), (0x010F, 2, text.Length, Put(text)), (0x0112, 3, 1, orientation), (0x8825, 4, 1, 300));
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(entry), 400);
        entry = 300;
        Directory((0x001B, 7, text.Length, Put(text)), (0x001D, 2, text.Length, Put(text)));
        entry = 400;
        Directory((0x0201, 4, 1, Put([.. embedded, .. text])), (0x0202, 4, 1, embedded.Length));
        return tiff[..at];
    }

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), Crc(body));
        return chunk;
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320u;
            }
        }

        return ~crc;
    }

    private static byte[] Deflate(byte[] data)
    {
        var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(data);
        }

        return packed.ToArray();
    }
}
