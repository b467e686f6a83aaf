namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>What is wrong with a record before anybody looks at its fields.</summary>
internal enum CsvProblem
{
    None,
    /// <summary>Longer than allowed.</summary>
    TooLong,
    /// <summary>A quotation mark opens a field and none closes it.</summary>
    QuoteUnclosed,
    /// <summary>Something other than a delimiter follows a closing quotation mark.</summary>
    QuoteMisplaced,
    /// <summary>Bytes that are no characters of the encoding, or NUL characters.</summary>
    NotText,
}

/// <summary>
/// Reads the records of a delimited file (RFC 4180, any line ends, line breaks within quotation marks) in bounded memory,
/// and goes on behind whatever is broken: a record that is too long or whose quotation marks do not close costs its own
/// first line and no other. It keeps every record's text as it stands in the file, so that refused ones can be handed back.
/// </summary>
internal sealed class CsvReader
{
    /// <summary>Characters of a record at most, unless another limit is given.</summary>
    public const int UsualLongest = 1 << 20;

    private const int Chunk = 1 << 16;
    private const char Quote = '"';
    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    private readonly TextReader _text;
    private readonly int _longest;
    private readonly List<(int Start, int Length, bool IsEscaped)> _fields = [];
    private char[] _buffer = new char[Chunk * 2];
    private int _start;
    private int _next;
    private int _rawEnd;
    private int _end;
    private long _line = 1;
    private bool _isTooLong;
    private bool _isAtEnd;
    private bool _flowsOver;

    /// <summary>Begins to read.</summary>
    /// <param name="text">The file; disposed of by whoever opened it.</param>
    /// <param name="delimiter">Between two fields; null to take the one that the first line has most of.</param>
    /// <param name="longest">Characters of a record at most.</param>
    public CsvReader(TextReader text, char? delimiter = null, int longest = UsualLongest)
    {
        (_text, _longest) = (text, longest);
        Delimiter = delimiter ?? Detect();
    }

    /// <summary>Between two fields.</summary>
    public char Delimiter { get; }

    /// <summary>The line on which the record begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>How many fields it has; none when there is a problem.</summary>
    public int Count => _fields.Count;

    /// <summary>What is wrong with it.</summary>
    public CsvProblem Problem { get; private set; }

    /// <summary>A field's value.</summary>
    /// <param name="index">From 0.</param>
    public string this[int index]
    {
        get
        {
            var (start, length, isEscaped) = _fields[index];
            var value = new string(_buffer, start, length);
            return isEscaped ? value.Replace("\"\"", "\"", StringComparison.Ordinal) : value;
        }
    }

    /// <summary>Reads the next record that is not an empty line.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Read()
    {
        while (true)
        {
            SkipOverflow(null);
            _line += LinesIn(_start, _next);
            _start = _next;
            Compact();
            if (!Has(_start))
            {
                return false;
            }

            Line = _line;
            Problem = CsvProblem.None;
            _fields.Clear();
            _isTooLong = false;
            if (!Scan())
            {
                Repair();
            }
            else if (_buffer.AsSpan(_start, _rawEnd - _start).IndexOfAny('\0', '\uFFFD') >= 0)
            {
                Fail(CsvProblem.NotText);
            }

            if (_rawEnd > _start)
            {
                return true;
            }
        }
    }

    /// <summary>Writes the record as it stands in the file, without its line end.</summary>
    /// <param name="writer">Takes it.</param>
    public void CopyRaw(TextWriter writer)
    {
        writer.Write(_buffer.AsSpan(_start, _rawEnd - _start));
        SkipOverflow(writer);
    }

    private bool Scan()
    {
        for (var at = _start; ; at++)
        {
            if (!Field(ref at))
            {
                return false;
            }

            if (at >= _end || _buffer[at] != Delimiter)
            {
                (_rawEnd, _next) = (at, BehindLineEnd(at));
                return true;
            }
        }
    }

    // From the first character of a field to the delimiter, line end or end of file behind it.
    private bool Field(ref int at)
    {
        if (Has(at) && _buffer[at] == Quote)
        {
            return QuotedField(ref at);
        }

        var from = at;
        if (!FindEnd(ref at))
        {
            return false;
        }

        _fields.Add((from, at - from, false));
        return true;
    }

    private bool QuotedField(ref int at)
    {
        var from = ++at;
        var isEscaped = false;
        while (true)
        {
            if (!Has(at))
            {
                Problem = CsvProblem.QuoteUnclosed;
                return false;
            }

            var quote = _buffer.AsSpan(at, _end - at).IndexOf(Quote);
            if (quote < 0)
            {
                at = _end;
                continue;
            }

            at += quote + 1;
            if (!Has(at) || _buffer[at] != Quote)
            {
                break;
            }

            isEscaped = true;
            at++;
        }

        _fields.Add((from, at - 1 - from, isEscaped));
        var behind = at;
        if (!FindEnd(ref at))
        {
            return false;
        }

        if (at > behind)
        {
            Fail(CsvProblem.QuoteMisplaced);
        }

        return true;
    }

    private bool FindEnd(ref int at)
    {
        while (Has(at))
        {
            var end = _buffer.AsSpan(at, _end - at).IndexOfAny(Delimiter, '\n', '\r');
            if (end >= 0)
            {
                at += end;
                return true;
            }

            at = _end;
        }

        return !_isTooLong;
    }

    // Too long, or unclosed at the end: its first line is refused, and reading goes on behind that line.
    private void Repair()
    {
        Fail(_isTooLong && Problem == CsvProblem.None ? CsvProblem.TooLong : CsvProblem.QuoteUnclosed);
        var end = _buffer.AsSpan(_start, _end - _start).IndexOfAny('\n', '\r');
        if (end >= 0)
        {
            (_rawEnd, _next) = (_start + end, BehindLineEnd(_start + end));
            return;
        }

        Problem = _isTooLong ? CsvProblem.TooLong : Problem;
        (_rawEnd, _next) = (_end, _end);
        _flowsOver = _isTooLong;
    }

    private void Fail(CsvProblem problem)
    {
        Problem = Problem == CsvProblem.None ? problem : Problem;
        if (problem != CsvProblem.QuoteMisplaced)
        {
            _fields.Clear();
        }
    }

    // The rest of a line that is longer than the memory given to it.
    private void SkipOverflow(TextWriter? writer)
    {
        while (_flowsOver)
        {
            _start = _next = _rawEnd = _end = 0;
            _isTooLong = false;
            if (!Has(0))
            {
                _flowsOver = false;
                return;
            }

            var end = _buffer.AsSpan(0, _end).IndexOfAny('\n', '\r');
            writer?.Write(_buffer.AsSpan(0, end < 0 ? _end : end));
            if (end >= 0)
            {
                _flowsOver = false;
                // Nothing of it is shown any more; what is left to count is its line end.
                (_start, _rawEnd, _next) = (end, end, BehindLineEnd(end));
            }
        }
    }

    private int BehindLineEnd(int at)
    {
        if (at >= _end)
        {
            return at;
        }

        // Read beyond the limit, if need be: a line end belongs together.
        var isPair = _buffer[at] == '\r' && (at + 1 < _end || Fill()) && _buffer[at + 1] == '\n';
        return at + (isPair ? 2 : 1);
    }

    private bool Has(int at)
    {
        if (at - _start > _longest)
        {
            _isTooLong = true;
            return false;
        }

        return at < _end || Fill();
    }

    private bool Fill()
    {
        if (_isAtEnd)
        {
            return false;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _text.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
        return read > 0;
    }

    private void Compact()
    {
        if (_start > 0 && _end - _start < _buffer.Length / 4)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_end, _start, _next, _rawEnd) = (_end - _start, 0, 0, 0);
        }
    }

    private long LinesIn(int from, int to)
    {
        var span = _buffer.AsSpan(from, to - from);
        return span.Count('\n') + span.Count('\r') - span.Count("\r\n");
    }

    private char Detect()
    {
        var counts = new int[Candidates.Length];
        var isQuoted = false;
        for (var at = 0; Has(at); at++)
        {
            var c = _buffer[at];
            isQuoted ^= c == Quote;
            if (!isQuoted && c is '\n' or '\r')
            {
                break;
            }

            if (!isQuoted && Array.IndexOf(Candidates, c) is >= 0 and var candidate)
            {
                counts[candidate]++;
            }
        }

        return Candidates[Array.IndexOf(counts, counts.Max())];
    }
}
