namespace HongqiaoDashboard.Platform.Csv;

/// <summary>
/// The part of a file that is in memory: from the beginning of a record as far as somebody has looked, and no further than a
/// record may be long. Positions hold until the next record is begun.
/// </summary>
/// <param name="text">The file.</param>
/// <param name="longest">Characters of a record at most.</param>
internal sealed class CsvBuffer(TextReader text, int longest)
{
    private const int Chunk = 1 << 16;

    private char[] _buffer = new char[Chunk * 2];
    private bool _isAtEnd;

    /// <summary>Where the record begins.</summary>
    public int Start { get; private set; }

    /// <summary>Behind the last character that is in memory.</summary>
    public int End { get; private set; }

    /// <summary>Whether somebody looked further than the record may be long.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>A character that is in memory.</summary>
    /// <param name="at">Its position.</param>
    public char this[int at] => _buffer[at];

    /// <summary>Characters that are in memory.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">Behind the last.</param>
    public ReadOnlySpan<char> Between(int from, int to) => _buffer.AsSpan(from, to - from);

    /// <summary>Whether there is a character, reading on for it; none at the end of the file or beyond the limit.</summary>
    /// <param name="at">Its position.</param>
    public bool Has(int at)
    {
        if (at - Start > longest)
        {
            IsTooLong = true;
            return false;
        }

        return at < End || Fill();
    }

    /// <summary>The position behind a line end; of the file's end, itself.</summary>
    /// <param name="at">The first character of the line end.</param>
    public int BehindLineEnd(int at)
    {
        if (at >= End)
        {
            return at;
        }

        // Read beyond the limit, if need be: a line end belongs together.
        var isPair = _buffer[at] == '\r' && (at + 1 < End || Fill()) && _buffer[at + 1] == '\n';
        return at + (isPair ? 2 : 1);
    }

    /// <summary>Begins a record; what is before it may be forgotten.</summary>
    /// <param name="at">Where it begins.</param>
    /// <returns>How many lines end before it.</returns>
    public long Begin(int at)
    {
        var passed = Between(Start, at);
        long lines = passed.Count('\n') + passed.Count('\r') - passed.Count("\r\n");
        (Start, IsTooLong) = (at, false);
        if (Start > 0 && End - Start < _buffer.Length / 4)
        {
            Between(Start, End).CopyTo(_buffer);
            (Start, End) = (0, End - Start);
        }

        return lines;
    }

    /// <summary>Lets go of all that is in memory, in the middle of a record.</summary>
    public void Empty() => (Start, End, IsTooLong) = (0, 0, false);

    /// <summary>Lets go of what is before a position, in the middle of a record.</summary>
    /// <param name="at">The position.</param>
    public void Forget(int at) => Start = at;

    private bool Fill()
    {
        if (_isAtEnd)
        {
            return false;
        }

        if (End == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = text.Read(_buffer, End, _buffer.Length - End);
        End += read;
        _isAtEnd = read == 0;
        return read > 0;
    }
}
