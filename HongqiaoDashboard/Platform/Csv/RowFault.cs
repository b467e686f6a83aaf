using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Platform.Csv;

/// <summary>A row that was refused.</summary>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
/// <param name="Column">The file's column, as its header names it; null for the row as a whole.</param>
/// <param name="Reason">Why, a key of the texts of whoever reads the file.</param>
internal sealed record RowFault(long Line, string? Column, Refusal Reason)
{
    private const int LongestQuote = 60;

    /// <summary>The beginning of a value for a sentence: without line breaks, numbers of persons masked.</summary>
    /// <param name="value">The value.</param>
    public static string Quote(string value)
    {
        var line = value.ReplaceLineEndings(" ");
        line = line.Length <= LongestQuote ? line : line[..LongestQuote] + "…";
        return PersonalNumbers.Mask(line)!;
    }
}

/// <summary>The file as a whole cannot be taken.</summary>
/// <param name="reasons">Why, each with the column that it is about.</param>
internal sealed class FileRefusedException(IReadOnlyList<RowFault> reasons) : Exception(reasons[0].Reason.Code)
{
    /// <summary>Why, each with the column that it is about.</summary>
    public IReadOnlyList<RowFault> Reasons { get; } = reasons;
}
