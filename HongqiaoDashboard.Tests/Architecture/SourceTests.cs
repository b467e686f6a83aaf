using System.Text.RegularExpressions;
using System.Xml.Linq;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Architecture;

/// <summary>Rules about the files as they are written.</summary>
public sealed partial class SourceTests
{
    // Texts that leave out a value in one language, each with its reason.
    private static readonly Dictionary<string, string> Unfilled = new()
    {
        ["AttributeNotNumber"] = "the catalog's hint for an answer is in Chinese only",
    };

    [Fact]
    public void Texts_InChinese_HaveTheSameKeysInEnglish()
    {
        var chinese = Repository.Sources("*.resx").Where(path => !path.EndsWith(".en.resx", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(chinese);
        Assert.All(chinese, path =>
        {
            var english = Path.ChangeExtension(path, ".en.resx");
            Assert.True(File.Exists(english), $"{path} has no English twin.");
            Assert.Equal(Keys(path), Keys(english));
        });
        Assert.DoesNotContain(Repository.Sources("*.en.resx"), path => !File.Exists(path.Replace(".en.resx", ".resx", StringComparison.Ordinal)));
    }

    [Fact]
    public void Texts_InBothLanguages_FillTheSamePlaces()
    {
        foreach (var path in Repository.Sources("*.resx").Where(path => !path.EndsWith(".en.resx", StringComparison.Ordinal)))
        {
            var (chinese, english) = (Values(path), Values(Path.ChangeExtension(path, ".en.resx")));
            Assert.Empty(chinese.Where(text => !Unfilled.ContainsKey(text.Key) && !Places(text.Value).SetEquals(Places(english[text.Key]))).Select(text => $"{Path.GetFileName(path)}: {text.Key}"));
            Assert.Empty(chinese.Concat(english).Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => $"{Path.GetFileName(path)}: {text.Key}"));
        }
    }

    [Fact]
    public void BannedSymbols_AreSuppressed_Nowhere()
    {
        var files = Repository.Sources("*.cs").Concat(Repository.Sources("*.razor")).Concat(Repository.Sources("*.csproj")).Append(Repository.File(".editorconfig"))
            .Where(path => Path.GetFileName(path) != "SourceTests.cs").ToList();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, path => BannedSymbolId().IsMatch(File.ReadAllText(path)));
    }

    private static List<string> Keys(string path) => [.. Values(path).Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Values(string path) =>
        XDocument.Load(path).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"(?<!\{)\{(\d+)")]
    private static partial Regex Place();

    [GeneratedRegex("RS003[0-9]")]
    private static partial Regex BannedSymbolId();
}
