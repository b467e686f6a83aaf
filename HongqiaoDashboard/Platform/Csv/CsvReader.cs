namespace HongqiaoDashboard.Platform.Csv;

/// <summary>
/// Reads the records of a delimited file (RFC 4180, any line ends, line breaks within quotation marks) in bounded memory,
/// and goes on behind whatever is broken: a record that is too long or whose quotation marks do not close costs its own
/// first line and no other. It keeps every record's text as it stands in the file, so that refused ones can be handed back.
/// </summary>
internal sealed class CsvReader
{
    /// <summary>Characters of a record at most, unless another limit is given.</summary>
    public const int UsualLongest = 1 << 20;

    /// <summary>Around a field in which delimiters and line ends say nothing.</summary>
    public const char Quote = '"';

    private readonly CsvBuffer _buffer;
    private readonly List<(int Start, int Length, bool IsEscaped)> _fields = [];
    private int _next;
    private int _rawEnd;
    private long _line = 1;
    private bool _flowsOver;

    /// <summary>Begins to read.</summary>
    /// <param name="text">The file; disposed of by whoever opened it.</param>
    /// <param name="delimiter">Between two fields; null to take the one that the first line has most of.</param>
    /// <param name="longest">Characters of a record at most.</param>
    public CsvReader(TextReader text, char? delimiter = null, int longest = UsualLongest)
    {
        _buffer = new CsvBuffer(text, longest);
        Delimiter = delimiter ?? CsvDelimiter.Guess(_buffer);
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
            var value = new string(_buffer.Between(start, start + length));
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
            _line += _buffer.Begin(_next);
            (_next, _rawEnd) = (_buffer.Start, _buffer.Start);
            if (!_buffer.Has(_next))
            {
                return false;
            }

            Line = _line;
            Problem = CsvProblem.None;
            _fields.Clear();
            if (!Scan())
            {
                Repair();
            }
            else if (_buffer.Between(_buffer.Start, _rawEnd).IndexOfAny('\0', '\uFFFD') >= 0)
            {
                Fail(CsvProblem.NotText);
            }

            if (_rawEnd > _buffer.Start)
            {
                return true;
            }
        }
    }

    /// <summary>Writes the record as it stands in the file, without its line end.</summary>
    /// <param name="writer">Takes it.</param>
    public void CopyRaw(TextWriter writer)
    {
        writer.Write(_buffer.Between(_buffer.Start, _rawEnd));
        SkipOverflow(writer);
    }

    private bool Scan()
    {
        for (var at = _buffer.Start; ; at++)
        {
            if (!Field(ref at))
            {
                return false;
            }

            if (at >= _buffer.End || _buffer[at] != Delimiter)
            {
                (_rawEnd, _next) = (at, _buffer.BehindLineEnd(at));
                return true;
            }
        }
    }

    // From the first character of a field to the delimiter, line end or end of file behind it.
    private bool Field(ref int at)
    {
        if (_buffer.Has(at) && _buffer[at] == Quote)
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
            if (!_buffer.Has(at))
            {
                Problem = CsvProblem.QuoteUnclosed;
                return false;
            }

            var quote = _buffer.Between(at, _buffer.End).IndexOf(Quote);
            if (quote < 0)
            {
                at = _buffer.End;
                continue;
            }

            at += quote + 1;
            if (!_buffer.Has(at) || _buffer[at] != Quote)
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
        while (_buffer.Has(at))
        {
            var end = _buffer.Between(at, _buffer.End).IndexOfAny(Delimiter, '\n', '\r');
            if (end >= 0)
            {
                at += end;
                return true;
            }

            at = _buffer.End;
        }

        return !_buffer.IsTooLong;
    }

    // Too long, or unclosed at the end: its first line is refused, and reading goes on behind that line.
    private void Repair()
    {
        Fail(_buffer.IsTooLong && Problem == CsvProblem.None ? CsvProblem.TooLong : CsvProblem.QuoteUnclosed);
        var end = _buffer.Between(_buffer.Start, _buffer.End).IndexOfAny('\n', '\r');
        if (end >= 0)
        {
            (_rawEnd, _next) = (_buffer.Start + end, _buffer.BehindLineEnd(_buffer.Start + end));
            return;
        }

        Problem = _buffer.IsTooLong ? CsvProblem.TooLong : Problem;
        (_rawEnd, _next) = (_buffer.End, _buffer.End);
        _flowsOver = _buffer.IsTooLong;
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
            _buffer.Empty();
            (_next, _rawEnd) = (0, 0);
            if (!_buffer.Has(0))
            {
                _flowsOver = false;
                return;
            }

            var end = _buffer.Between(0, _buffer.End).IndexOfAny('\n', '\r');
            writer?.Write(_buffer.Between(0, end < 0 ? _buffer.End : end));
            if (end >= 0)
            {
                _flowsOver = false;
                // Nothing of it is shown any more; what is left to count is its line end.
                (_rawEnd, _next) = (end, _buffer.BehindLineEnd(end));
                _buffer.Forget(end);
            }
        }
    }
}
