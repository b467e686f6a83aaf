using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Grids;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Domain;
using NetTopologySuite.Operation.Valid;

namespace HongqiaoDashboard.Tests.Features.Grids;

public sealed partial class GridTextsTests
{
    private static readonly ResourceManager Texts = new(typeof(GridTexts));

    [Fact]
    public void Texts_OfBothLanguages_HaveTheSameKeysAndPlaces()
    {
        var (chinese, english) = (All("zh-CN"), All("en"));

        Assert.Equal(chinese.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(chinese, text => Assert.Equal(PlacesOf(text.Value), PlacesOf(english[text.Key])));
    }

    [Fact]
    public void Texts_OfFaultsTiersAndShapes_LeaveNoneOut()
    {
        var keys = All("en").Keys;

        Assert.All(Enum.GetValues<GridFaultKind>(), kind => Assert.Contains(new GridFault(kind, null).MessageKey, keys));
        Assert.All(Enum.GetValues<GridTier>(), tier => Assert.Contains($"GridTier_{tier}", keys));
        Assert.All(Enum.GetValues<TopologyValidationErrors>().Except([TopologyValidationErrors.NoInvalidIntersection]),
            error => Assert.Contains($"TopologyValidationErrors_{error}", keys));
    }

    private static Dictionary<string, string> All(string culture)
    {
        // The neutral file is the Chinese one; parents count only there.
        var set = Texts.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: culture == "zh-CN")!;
        return set.Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static IEnumerable<string> PlacesOf(string text) => Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Place();
}
