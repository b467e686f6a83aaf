using System.Globalization;
using CsCheck;
using CsvHelper;
using HongqiaoDashboard.Platform.Csv;
using CsvReader = HongqiaoDashboard.Platform.Csv.CsvReader;

namespace HongqiaoDashboard.Tests.Platform.Csv;

/// <summary>Against CsvHelper, which nobody here wrote, and against what real files get wrong.</summary>
public sealed class CsvReaderTests
{
    private static readonly Gen<string> Field = Among('a', '井', ',', ';', '"', '\n', '\r', ' ', 'x', '\t').Array[0, 8].Select(chars => new string(chars));

    [Fact]
    public void Read_OfWhatCsvHelperWrites_GivesTheSameFieldsBack() =>
        Gen.Select(Field.Array[3].Array[1, 6], Among(',', ';', '\t', '|'), Among("\n", "\r\n")).Sample((table, delimiter, line) =>
        {
            using var text = new StringWriter();
            using (var writer = CsvWriter.Create(text, new CsvWriterOptions { Separator = delimiter, NewLine = line }, leaveOpen: true))
            {
                foreach (var row in table)
                {
                    Array.ForEach(row, field => writer.WriteField(field));
                    writer.EndRecord();
                }
            }

            Assert.Equal(table, All(text.ToString(), delimiter).Select(row => row.Fields));
        });

    [Fact]
    public void CopyRaw_OfEveryRecord_GivesAFileThatReadsTheSame() =>
        Among('a', ',', '"', '\n', '\r').Array[0, 60].Select(chars => new string(chars)).Sample(text =>
        {
            var first = All(text, ',');
            var again = All(string.Join("\r\n", first.Select(row => row.Raw)), ',');
            Assert.Equal(first.Select(row => (row.Problem, row.Raw)), again.Select(row => (row.Problem, row.Raw)));
        });

    [Fact]
    public void Read_OfAnyText_EndsAndCountsItsLines() =>
        Among('a', ',', '"', '\n', '\r', '\0', '\uFFFD').Array[0, 400].Select(chars => new string(chars)).Sample(text =>
        {
            var lines = text.ReplaceLineEndings("\n").Split('\n').Length;
            Assert.All(All(text, ',', longest: 50), row => Assert.InRange(row.Line, 1, lines));
        });

    [Fact]
    public void Read_OfALineBreakWithinQuotes_CountsBothLines()
    {
        var rows = All("a,b\r\n\"one\r\ntwo\",2\r\n3,4\r\n", ',');

        Assert.Equal([1, 2, 4], rows.Select(row => row.Line));
        Assert.Equal(["one\r\ntwo", "2"], rows[1].Fields);
    }

    [Fact]
    public void Read_OfAQuoteThatNeverCloses_CostsItsOwnLineOnly()
    {
        var rows = All("a,b\n1,\"two\n3,4\n5,6", ',');

        Assert.Equal([CsvProblem.None, CsvProblem.QuoteUnclosed, CsvProblem.None, CsvProblem.None], rows.Select(row => row.Problem));
        Assert.Equal((2, "1,\"two"), (rows[1].Line, rows[1].Raw));
        Assert.Equal(["5", "6"], rows[3].Fields);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("\"{0}\"")]
    [InlineData("\"{0}")]
    public void Read_OfAFieldOfTenMegabytes_RefusesTheLineAndGoesOn(string form)
    {
        var huge = string.Format(CultureInfo.InvariantCulture, form, new string('x', 10 << 20));
        var rows = All($"a,b\n1,{huge}\n3,4\n", ',');

        Assert.Equal([CsvProblem.None, CsvProblem.TooLong, CsvProblem.None], rows.Select(row => row.Problem));
        Assert.Equal("1," + huge, rows[1].Raw);
        Assert.Equal((3, "3"), (rows[2].Line, rows[2].Fields[0]));
    }

    [Fact]
    public void Read_OfAHugeFieldThatNobodyCopies_KeepsItsMemorySmall()
    {
        var reader = new CsvReader(new Endless(200 << 20), ',');
        Assert.True(reader.Read());
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Assert.False(reader.Read());

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 << 20);
    }

    [Theory]
    [InlineData("a,\"b\"c,d", CsvProblem.QuoteMisplaced)]
    [InlineData("a,\0,d", CsvProblem.NotText)]
    [InlineData("a,\uFFFD,d", CsvProblem.NotText)]
    [InlineData("a,b\"c\",d", CsvProblem.None)]
    public void Read_OfABrokenRow_NamesTheProblem(string row, object problem) => Assert.Equal(problem, All(row, ',').Single().Problem);

    [Theory]
    [InlineData("a;b;c,d\n", ';')]
    [InlineData("a\tb\n1,2,3,4", '\t')]
    [InlineData("\"a;b;c\",d\n", ',')]
    [InlineData("a|b", '|')]
    [InlineData("", ',')]
    public void Delimiter_NotNamed_IsWhatTheHeaderHasMostOf(string text, char delimiter) =>
        Assert.Equal(delimiter, new CsvReader(new StringReader(text)).Delimiter);

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static List<(long Line, CsvProblem Problem, string[] Fields, string Raw)> All(string text, char delimiter, int longest = CsvReader.UsualLongest)
    {
        var reader = new CsvReader(new StringReader(text), delimiter, longest);
        var rows = new List<(long, CsvProblem, string[], string)>();
        while (reader.Read())
        {
            var (line, problem) = (reader.Line, reader.Problem);
            string[] fields = [.. Enumerable.Range(0, reader.Count).Select(index => reader[index])];
            using var raw = new StringWriter();
            reader.CopyRaw(raw);
            rows.Add((line, problem, fields, raw.ToString()));
        }

        return rows;
    }

    // A line of very many characters, without the memory for them.
    private sealed class Endless(int length) : TextReader
    {
        private int _left = length;

        public override int Read(char[] buffer, int index, int count)
        {
            count = Math.Min(count, _left);
            buffer.AsSpan(index, count).Fill('x');
            _left -= count;
            return count;
        }
    }
}
