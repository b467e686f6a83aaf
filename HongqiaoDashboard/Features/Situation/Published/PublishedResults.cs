using System.Globalization;
using System.Text.Json;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Features.Situation.Published;

/// <summary>
/// What the district itself has published, as <c>data/reference/published-results.json</c> records it. It is shown beside the
/// computed figures with its source and date, and goes into none of them.
/// </summary>
/// <param name="Period">What span of time it is about, Chinese.</param>
/// <param name="PeriodEn">The same, English.</param>
/// <param name="Source">Where it was published, Chinese.</param>
/// <param name="SourceEn">The same, English.</param>
/// <param name="Recorded">The day on which it was written down here; the publication names no closing date.</param>
/// <param name="Results">The results, in their order.</param>
internal sealed record PublishedResults(
    string Period, string PeriodEn, string Source, string SourceEn, DateOnly Recorded, IReadOnlyList<PublishedResult> Results)
{
    private static readonly Lazy<PublishedResults> ShippedFile = new(() =>
        JsonSerializer.Deserialize<PublishedResults>(File.ReadAllBytes(ReferenceData.File("reference", "published-results.json")), JsonSerializerOptions.Web)!);

    /// <summary>The shipped ones.</summary>
    public static PublishedResults Shipped => ShippedFile.Value;

    /// <summary>Whether the current user reads English.</summary>
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
}

/// <summary>A published result, in the words of its publication; never counted with.</summary>
/// <param name="Key">Stable name.</param>
/// <param name="Name">What it is, Chinese.</param>
/// <param name="NameEn">The same, English.</param>
/// <param name="Value">The result, Chinese.</param>
/// <param name="ValueEn">The same, English.</param>
internal sealed record PublishedResult(string Key, string Name, string NameEn, string Value, string ValueEn);
