using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>Puts refusals into words.</summary>
internal static class ImportWords
{
    /// <summary>The sentence of a refusal in the current language.</summary>
    public static string Describe(this IStringLocalizer<ImportTexts> texts, Refusal refusal) =>
        texts[refusal.Code, [.. refusal.Arguments.Select(argument => Word(texts, argument))]];

    /// <summary>The name of a step in the current language.</summary>
    public static string Name(this IStringLocalizer<ImportTexts> texts, IncidentEventKind kind) => texts["Step_" + kind];

    /// <summary>The name of a datum.</summary>
    public static string Name(this IStringLocalizer<ImportTexts> texts, GeoDatum datum) => texts["Datum_" + datum];

    private static object Word(IStringLocalizer<ImportTexts> texts, object argument) => argument switch
    {
        IncidentEventKind kind => texts.Name(kind),
        DateTimeOffset at => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        string text => RowFault.Quote(text),
        _ => argument,
    };
}
