using CsCheck;
using HongqiaoDashboard.Features.Access.Keys;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web;

namespace HongqiaoDashboard.Tests.Features.Access;

public sealed class KeyCallTests
{
    private static readonly string[] Before = ["", " ", "?access_token=", "api_key=", "Bearer "];
    private static readonly string[] After = ["", "&x=1", "\"", " HTTP/1.1", "。"];

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void Create_WithAllOptions_IsReadWithTheEndOfTheDistrictsDay()
    {
        var call = KeyCall.Read(["create", "--role", "reporter", "--scope=120106001", "--department", "chengguan", "--label", "热线", "--expires", "2027-01-31", "--rate", "30"], Zone);

        Assert.Equal(
            new NewKey("reporter") { ScopeCode = "120106001", Department = "chengguan", Label = "热线", RatePerMinute = 30, ExpiresAt = new DateTimeOffset(2027, 1, 31, 16, 0, 0, TimeSpan.Zero) },
            call!.New);
        Assert.Equal(new KeyCall(null, null), KeyCall.Read(["list"], Zone));
        Assert.Equal(new KeyCall(null, "0123456789abcdef"), KeyCall.Read(["revoke", "0123456789abcdef"], Zone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("create")]
    [InlineData("create --role")]
    [InlineData("create --scope 120106")]
    [InlineData("create --role reader --role leader")]
    [InlineData("create --role reader --rate -1")]
    [InlineData("create --role reader --expires tomorrow")]
    [InlineData("create --role reader --colour red")]
    [InlineData("create reader")]
    [InlineData("revoke")]
    [InlineData("list all")]
    [InlineData("delete 0123")]
    public void Call_ThatIsNotOne_IsNull(string arguments) => Assert.Null(KeyCall.Read(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), Zone));

    [Fact]
    public void Roles_ThatKeysMayHave_AreAllThatThereAre() =>
        Assert.Equal(typeof(Roles).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal), Roles.All.Order(StringComparer.Ordinal));

    [Fact]
    public void Key_OfAnyBytes_LooksLikeOneAndIsCutOutOfEveryLine()
    {
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => KeyText.New()).Where(KeyText.CouldBe).Distinct().Count());
        (from bytes in Gen.Byte.Array[32]
         from before in Gen.Int[0, Before.Length - 1].Select(n => Before[n])
         from after in Gen.Int[0, After.Length - 1].Select(n => After[n])
         select (Key: KeyText.Prefix + System.Buffers.Text.Base64Url.EncodeToString(bytes), before, after)).Sample(line =>
        {
            Assert.True(KeyText.CouldBe(line.Key));
            Assert.False(KeyText.CouldBe(line.Key + "A"));
            Assert.DoesNotContain(line.Key[3..20], MaskedLines.Redact($"GET /hubs/situation{line.before}{line.Key}{line.after}"), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("GET /hubs/situation?id=1&access_token=short-secret&x=1", "GET /hubs/situation?id=1&access_token=***&x=1")]
    [InlineData("GET /open311/v2/requests.json?api_key=my%20key HTTP/1.1", "GET /open311/v2/requests.json?api_key=*** HTTP/1.1")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: Bearer ***")]
    [InlineData("Cookie: hq.wall=abc; hq.pairing=def", "Cookie: hq.wall=***; hq.pairing=***")]
    [InlineData("nothing to hide", "nothing to hide")]
    public void Line_WithASecret_IsWrittenWithoutIt(string line, string written) => Assert.Equal(written, MaskedLines.Redact(line));
}
