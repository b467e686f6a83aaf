using System.Collections;
using System.Globalization;
using System.Resources;
using HongqiaoDashboard.Features.Intake.Open311;

namespace HongqiaoDashboard.Tests.Features.Intake;

public sealed class Open311TextsTests
{
    private static readonly ResourceManager Resources = new(typeof(Open311Texts));

    [Fact]
    public void Texts_BothLanguages_HaveTheSameSentences()
    {
        var chinese = Sentences(CultureInfo.InvariantCulture);
        var english = Sentences(Open311Texts.English);

        Assert.Equal(chinese.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.NotEmpty(chinese);
        Assert.All(chinese, sentence => Assert.Matches(sentence.Key == "NoticeTimeFormat" ? "年" : @"\p{IsCJKUnifiedIdeographs}|\{", sentence.Value));
        Assert.All(english.Values, sentence => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", sentence));
    }

    private static Dictionary<string, string> Sentences(CultureInfo language) =>
        Resources.GetResourceSet(language, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!);
}
