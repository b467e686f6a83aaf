using System.Security.Cryptography;

namespace HongqiaoDashboard.Platform.Backup;

/// <summary>Exactly so many bytes of a file, hashed on their way. What is added to the file meanwhile is not read.</summary>
internal sealed class HashedStream(Stream source, long length) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;

    public override bool CanRead => true;

    // The tar's writer wants to know the length beforehand, and asks seekable streams only.
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>Of all that was read, hexadecimal.</summary>
    public string Hash() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, length - _read);
        if (wanted == 0)
        {
            return 0;
        }

        var got = source.Read(buffer[..wanted]);
        if (got == 0)
        {
            throw new EndOfStreamException("The file became shorter while it was read.");
        }

        _hash.AppendData(buffer[..got]);
        _read += got;
        return got;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
