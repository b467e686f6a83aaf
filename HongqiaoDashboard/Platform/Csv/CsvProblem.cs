namespace HongqiaoDashboard.Platform.Csv;

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
