namespace HongqiaoDashboard.Platform.Csv;

/// <summary>Guesses what stands between two fields.</summary>
internal static class CsvDelimiter
{
    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>The one of which the first line has most, outside quotation marks; the comma when it has none.</summary>
    /// <param name="buffer">The file at its beginning.</param>
    public static char Guess(CsvBuffer buffer)
    {
        var counts = new int[Candidates.Length];
        var isQuoted = false;
        for (var at = 0; buffer.Has(at); at++)
        {
            var c = buffer[at];
            isQuoted ^= c == CsvReader.Quote;
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
