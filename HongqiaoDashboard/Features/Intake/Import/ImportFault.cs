using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>A row that was refused.</summary>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
/// <param name="Column">The file's column, as its header names it; null for the row as a whole.</param>
/// <param name="Reason">Why.</param>
internal sealed record ImportFault(long Line, string? Column, Refusal Reason);

/// <summary>The file as a whole cannot be imported.</summary>
/// <param name="reasons">Why, each with the column that it is about.</param>
internal sealed class ImportRefusedException(IReadOnlyList<ImportFault> reasons) : Exception(reasons[0].Reason.Code)
{
    public IReadOnlyList<ImportFault> Reasons { get; } = reasons;
}

/// <summary>Puts refusals into words.</summary>
internal static class ImportWords
{
    private const int LongestQuote = 60;

    /// <summary>The sentence of a refusal in the current language.</summary>
    public static string Describe(this IStringLocalizer<ImportTexts> texts, Refusal refusal) =>
        texts[refusal.Code, [.. refusal.Arguments.Select(argument => Word(texts, argument))]];

    /// <summary>The name of a step in the current language.</summary>
    public static string Name(this IStringLocalizer<ImportTexts> texts, IncidentEventKind kind) => texts["Step_" + kind];

    /// <summary>The name of a datum.</summary>
    public static string Name(this IStringLocalizer<ImportTexts> texts, GeoDatum datum) => texts["Datum_" + datum];

    /// <summary>The beginning of a value, without line breaks, for a sentence.</summary>
    public static string Quote(string value)
    {
        var line = value.ReplaceLineEndings(" ");
        line = line.Length <= LongestQuote ? line : line[..LongestQuote] + "…";
        return PersonalNumbers.Mask(line)!;
    }

    private static object Word(IStringLocalizer<ImportTexts> texts, object argument) => argument switch
    {
        IncidentEventKind kind => texts.Name(kind),
        DateTimeOffset at => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        string text => Quote(text),
        _ => argument,
    };
}
