using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Intake.Import;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Intake.Import;

public sealed partial class ImportTextsTests
{
    private static readonly ResourceManager Texts = new(typeof(ImportTexts));

    [Fact]
    public void Texts_OfBothLanguages_HaveTheSameKeysAndPlaces()
    {
        var (chinese, english) = (All("zh-CN"), All("en"));

        Assert.Equal(chinese.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(chinese, text => Assert.Equal(PlacesOf(text.Value), PlacesOf(english[text.Key])));
    }

    [Fact]
    public void Texts_OfReasonsStepsAndFields_LeaveNoneOut()
    {
        var keys = All("en").Keys;
        var named = new[] { "Intake/Import/RowReading.cs", "Intake/Import/ImportRun.cs", "Intake/Import/ImportMapping.cs", "Incidents/Data/IncidentHistory.cs", "Incidents/Domain/HistoricOrder.cs", "Incidents/Domain/HistoricLife.cs" }
            .SelectMany(path => Code().Matches(File.ReadAllText(Repository.File(["HongqiaoDashboard", "Features", .. path.Split('/')]))).Select(match => match.Groups[1].Value)).ToList();

        Assert.True(named.Count > 20, string.Join(' ', named));
        Assert.All(named, code => Assert.Contains(code, keys));
        Assert.All(Enum.GetValues<CsvProblem>().Where(problem => problem != CsvProblem.None), problem => Assert.Contains("Csv" + problem, keys));
        Assert.All(Enum.GetValues<DateProblem>().Where(problem => problem != DateProblem.None), problem => Assert.Contains("Date" + problem, keys));
        Assert.All(ImportFields.Steps.Values, kind => Assert.Contains("Step_" + kind, keys));
        Assert.All(ImportFields.All, field => Assert.Contains("Field_" + field, keys));
    }

    private static Dictionary<string, string> All(string culture)
    {
        var set = Texts.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: culture == "zh-CN")!;
        return set.Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static IEnumerable<string> PlacesOf(string text) => Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Place();

    // Where a refusal is made, its code stands as the first text.
    [GeneratedRegex("""(?:new Refusal\(|Refuse\([A-Za-z.]+, |Refuse\(field, |new\(\s*header\.Line, [a-z]+, new\(|yield return new\()"([A-Za-z]+)"(?! \+)""")]
    private static partial Regex Code();
}
