using System.Globalization;
using System.Text;
using CsCheck;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Platform.Audit;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

/// <summary>What is hashed tells all rows apart, and what comes into the trail can neither break its lines nor look like something else.</summary>
public sealed class AuditEncodingTests
{
    // Whatever a hostile caller may send: halves of pairs, controls, marks of direction, unseen and private characters among letters.
    private static readonly Gen<string> Hostile = Gen.Frequency(
        (4, Gen.Char[' ', '~']), (2, Gen.Char['\u4e00', '\u9fff']), (2, Gen.Char['\u0000', '\u001f']), (2, Gen.Char['\u007f', '\u009f']), (2, Gen.Char['\u200b', '\u206f']),
        (1, Gen.Char['\ud800', '\udfff']), (1, Gen.Char['\ue000', '\uf8ff']), (1, Gen.Char['\ufeff', '\uffff'])).Array[0, 400].Select(letters => new string(letters));

    [Fact]
    public void Hash_OfAKnownRow_NeverChanges()
    {
        // Counted by another program, from the description of the form: whoever changes the form makes every stored trail false.
        var row = AuditSamples.Row() with { Address = null, Seq = 258, Result = AuditResult.Denied };

        Assert.Equal("d933ae33fa537f12bed54912e9689166e53595d65f225f9cff100e28ea8ef65d", Convert.ToHexStringLower(AuditEncoding.HashOf(row)));
    }

    [Fact]
    public void Bytes_OfRowsThatDifferInTheBoundsOfTheirFields_Differ()
    {
        var row = AuditSamples.Row();
        AuditRow[] alike =
        [
            row with { ActorId = "ab", ActorName = "c" }, row with { ActorId = "a", ActorName = "bc" }, row with { ActorId = "abc", ActorName = "" },
            row with { Address = null, Connection = "" }, row with { Address = "", Connection = null }, row with { Address = null, Connection = null }, row with { Address = "", Connection = "" },
            row with { Subject = null }, row with { Subject = "" }, row with { Subject = "null" }, row with { Subject = "\u0000" },
        ];

        Assert.Equal(alike.Length, alike.Select(one => Convert.ToHexString(AuditEncoding.BytesOf(one))).Distinct().Count());
    }

    [Fact]
    public void Text_OfAnything_BecomesOneLineOfSeenCharacters() => Hostile.Sample(text =>
    {
        var clean = AuditText.Clean(text);
        Assert.DoesNotContain(clean.EnumerateRunes(), rune => Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
        Assert.True(clean.EnumerateRunes().Count() <= (AuditText.Longest * @"\u{10FFFF}".Length) + 1);
        // No half of a pair is left.
        Assert.Equal(clean, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)));
    });

    [Fact]
    public void Texts_ThatDiffer_StayDifferent() => Gen.Select(Hostile, Hostile).Sample((one, other) =>
    {
        // Short enough that nothing is cut, and without digits, which may be masked.
        var (a, b) = (Short(one), Short(other));
        Assert.Equal(a == b, AuditText.Clean(a) == AuditText.Clean(b));

        static string Short(string text) => string.Concat(text.Where(c => !char.IsDigit(c)).Take(3));
    });

    [Theory]
    [InlineData("张敏", "张敏")]
    [InlineData("a\nb\r\nc\td", @"a\u{000A}b\u{000D}\u{000A}c\u{0009}d")]
    [InlineData("a\u2028b\u2029c\u0085d", @"a\u{2028}b\u{2029}c\u{0085}d")]
    [InlineData("user\u202Egnp.exe", @"user\u{202E}gnp.exe")]
    [InlineData("\u2066x\u2069\u200B\uFEFF", @"\u{2066}x\u{2069}\u{200B}\u{FEFF}")]
    [InlineData("\u001B[31mred", @"\u{001B}[31mred")]
    [InlineData("a\u0000b", @"a\u{0000}b")]
    [InlineData(@"a\u{000A}b\", @"a\\u{000A}b\\")]
    [InlineData("😀", "😀")]
    [InlineData("回访 13811112222", "回访 138****2222")]
    public void Text_FromAnybody_IsWrittenOut(string text, string clean) => Assert.Equal(clean, AuditText.Clean(text));

    // A runner cannot hand half a pair over.
    [Fact]
    public void Text_WithHalfAPair_ShowsItsNumber() => Assert.Equal(@"\u{D83D}x\u{DE00}", AuditText.Clean("\uD83Dx\uDE00"));

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    [InlineData(100_000_000, true)]
    public void Text_ThatIsVeryLong_IsCut(int length, bool isCut)
    {
        var clean = AuditText.Clean(new string('长', length));
        Assert.Equal((AuditText.Longest + (isCut ? 1 : 0), isCut), (clean.Length, clean.EndsWith('…')));
    }

    [Fact]
    public void Facts_OfHostileValues_AreOneLineAndReadBackAsTheyWereCleaned() => Hostile.Sample(value =>
    {
        var facts = AuditText.Facts([new AuditFact("reason", value), new AuditFact("count", 3)]);
        Assert.DoesNotContain(facts, char.IsControl);
        Assert.Equal([new AuditFact("reason", AuditText.Clean(value)), new AuditFact("count", "3")], AuditText.Read(facts));
    });

    [Fact]
    public void Facts_WithTheSyntaxOfTheirOwnForm_BreakOutOfNothing()
    {
        var facts = AuditText.Facts([new AuditFact("reason", """x","result":"done","y":"</script>""")]);
        Assert.Equal([new AuditFact("reason", """x","result":"done","y":"</script>""")], AuditText.Read(facts));
        Assert.DoesNotContain("<", facts, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_ThatSomebodyHasSpoiled_AreShownAsTheyStand()
    {
        Assert.Equal([new AuditFact("?", @"{not\u{000A}json")], AuditText.Read("{not\njson"));
        Assert.Equal([new AuditFact("?", "[1]")], AuditText.Read("[1]"));
    }

    [Theory]
    [InlineData("contact.revealed")]
    [InlineData("import-rows.exported")]
    public void Act_ThatIsASlug_IsTaken(string act) => Assert.Equal(act, AuditText.Act(act));

    [Theory]
    [InlineData("")]
    [InlineData("contact")]
    [InlineData("Contact.Revealed")]
    [InlineData("contact.revealed\n")]
    [InlineData("contact..revealed")]
    [InlineData("案件.公开")]
    public void Act_ThatIsNoSlug_IsTheProgramsFault(string act) => Assert.Throws<ArgumentException>(() => AuditText.Act(act));

    [Fact]
    public void Facts_ThatTheProgramNamesWrongly_AreItsFault()
    {
        Assert.Throws<ArgumentException>(() => AuditText.Facts([new AuditFact("a", "1"), new AuditFact("a", "2")]));
        Assert.Throws<ArgumentException>(() => AuditText.Facts([new AuditFact("Not camel", "1")]));
        Assert.Throws<ArgumentException>(() => AuditText.Facts([.. Enumerable.Range(0, AuditText.MostFacts + 1).Select(n => new AuditFact("a" + n, n))]));
    }

    [Fact]
    public void ActsThatFeaturesShare_AreSlugs() => Assert.All(
        typeof(AuditActs).GetFields().Select(field => (string)field.GetRawConstantValue()!), act => Assert.Equal(act, AuditText.Act(act)));
}
