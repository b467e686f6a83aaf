using System.Globalization;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Import;

/// <summary>Names the resource file of the import.</summary>
internal sealed class CampaignImportTexts;

/// <summary>Puts what an import refuses into words: its own reasons, and those of the campaigns' desk.</summary>
/// <param name="texts">The import's sentences.</param>
/// <param name="words">The desk's.</param>
internal sealed class CampaignImportWords(IStringLocalizer<CampaignImportTexts> texts, CampaignWords words)
{
    /// <summary>The sentence of a refusal in the current language.</summary>
    /// <param name="refusal">The refusal.</param>
    public string Of(Refusal refusal)
    {
        var arguments = refusal.Arguments.Select(Word).ToArray();
        var sentence = texts[refusal.Code, arguments];
        return sentence.ResourceNotFound ? words.Of(new Refusal(refusal.Code, arguments)) : sentence;
    }

    /// <summary>A fault on one line.</summary>
    /// <param name="fault">The fault.</param>
    public string Of(RowFault fault) => texts["FaultLine", fault.Line, fault.Column ?? texts["WholeRow"], Of(fault.Reason)];

    private static object Word(object argument) => argument switch
    {
        string text => RowFault.Quote(text),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        long or int or decimal => string.Create(CultureInfo.InvariantCulture, $"{argument:N0}"),
        _ => argument,
    };
}
