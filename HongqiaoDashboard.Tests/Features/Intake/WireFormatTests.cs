using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using HongqiaoDashboard.Features.Intake.Open311;

namespace HongqiaoDashboard.Tests.Features.Intake;

public sealed class WireFormatTests
{
    private static readonly WireDocument Every = new("root", new WireRecord(
        ("text", "a<b>&\"'红桥😀"),
        ("empty", WireNode.Null),
        ("flag", true),
        ("number", 39.5),
        ("list", new WireList("item", [new WireRecord(("id", "007")), new WireRecord(("id", "1"))])),
        ("none", new WireList("item", []))));

    [Fact]
    public void Json_EveryKindOfNode_KeepsItsType() => Assert.Equal(
        """{"text":"a\u003Cb\u003E\u0026\u0022\u0027红桥\uD83D\uDE00","empty":null,"flag":true,"number":39.5,"list":[{"id":"007"},{"id":"1"}],"none":[]}""",
        Json(Every));

    [Fact]
    public void Xml_EveryKindOfNode_IsAnElement() => Assert.Equal(
        """<?xml version="1.0" encoding="utf-8"?><root><text>a&lt;b&gt;&amp;"'红桥😀</text><empty /><flag>true</flag><number>39.5</number><list><item><id>007</id></item><item><id>1</id></item></list><none /></root>""",
        Xml(Every));

    [Fact]
    public void Xml_AnyText_ComesBackAsItWentIn() => Gen.String.Sample(text =>
    {
        var back = Parsed(text).Value;
        return back == WireCharacters.Clean(text) && (!IsXml(text) || back == text);
    }, iter: 20_000);

    [Fact]
    public void Json_AnyText_ComesBackAsItWentIn() => Gen.String.Sample(text =>
    {
        using var json = JsonDocument.Parse(WireJson.Write(new WireDocument("r", text)));
        return json.RootElement.GetString() == WireCharacters.Clean(text);
    }, iter: 20_000);

    [Theory]
    [InlineData("\r\n\t one\rtwo ")]
    [InlineData(" ")]
    [InlineData("]]>")]
    [InlineData("&#x0;")]
    [InlineData("\u2028\uFFFD\U0010FFFF")]
    public void Xml_TextThatParsersLikeToChange_IsKept(string text) => Assert.Equal(text, Parsed(text).Value);

    // Facts and not theories: half a surrogate pair does not survive in an attribute.
    [Fact]
    public void Clean_CharactersThatXmlCannotHold_AreReplaced() => Assert.Equal(
        ["a\uFFFDb", "\uFFFD", "\uFFFD\uFFFD", "\uFFFD\uFFFD[31m", "😀\uFFFD😀"],
        ((string[])["a\0b", "\uD83D", "\uDE00\uD83D", "\uFFFE\u001B[31m", "😀\u0001😀"]).Select(WireCharacters.Clean));

    [Fact]
    public void IsKept_TextOfLines_TakesAllButControlsAndBrokenCharacters()
    {
        Assert.True(WireCharacters.IsKept("<script>alert(1)</script>\r\n=1+1\t😀", lines: true));
        Assert.All((string[])["a\0b", "a\u001Bb", "a\u0085b", "a\u007Fb", "\uD83D", "\uFFFF"], text => Assert.False(WireCharacters.IsKept(text, lines: true)));
    }

    [Fact]
    public void IsKept_TextOfOneLine_TakesNoLineEnd() => Assert.False(WireCharacters.IsKept("a\nb", lines: false));

    private static bool IsXml(string text)
    {
        try
        {
            XmlConvert.VerifyXmlChars(text);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static XElement Parsed(string text)
    {
        using var stream = new MemoryStream(WireXml.Write(new WireDocument("r", text)).ToArray());
        return XDocument.Load(stream, LoadOptions.PreserveWhitespace).Root!;
    }

    private static string Json(WireDocument document) => Encoding.UTF8.GetString(WireJson.Write(document).Span);

    private static string Xml(WireDocument document) => Encoding.UTF8.GetString(WireXml.Write(document).Span);
}
