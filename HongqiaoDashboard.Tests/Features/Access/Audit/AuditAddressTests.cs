using CsCheck;
using HongqiaoDashboard.Features.Access.Audit;
using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Platform.Audit;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

public sealed class AuditAddressTests
{
    private static readonly Gen<string> Words = Gen.String[Gen.Char[' ', '\u9fff'], 1, 20].Select(text => text.Trim()).Where(text => text.Length > 0 && !text.Any(char.IsDigit) && !text.Contains('\u200e'));

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 100_000].Select(days => new DateOnly(1900, 1, 1).AddDays(days));

    private static readonly Gen<AuditAddress> Addresses =
        from first in Days
        from last in Days
        from kept in Gen.Bool.Array[7]
        from words in Words.Array[3]
        from result in Gen.Enum<AuditResult>()
        from at in Gen.Long[0, 7_000_000_000_000]
        from seq in Gen.Long[0, long.MaxValue]
        from isBackwards in Gen.Bool
        select new AuditAddress
        {
            From = kept[0] ? first : null, To = kept[1] ? last : null, Who = kept[2] ? words[0] : null, Act = kept[3] ? words[1] : null, Subject = kept[4] ? words[2] : null,
            Result = kept[5] ? result : null, Place = kept[6] ? new AuditPlace(DateTimeOffset.FromUnixTimeMilliseconds(at), seq, isBackwards) : null,
        };

    [Fact]
    public void Address_OfAnyConditions_IsReadBackAsItWasWritten() => Addresses.Sample(address =>
    {
        var text = address.ToString();
        Assert.StartsWith(AuditAddress.Page, text, StringComparison.Ordinal);
        Assert.Equal(text, AuditAddress.Read(text[AuditAddress.Page.Length..]).ToString());
        Assert.Equal(address with { Ignored = [] }, AuditAddress.Read(text[AuditAddress.Page.Length..]) with { Ignored = address.Ignored });
    });

    [Theory]
    [InlineData("?from=2024-13-01", "from=2024-13-01")]
    [InlineData("?from=0001-01-01", "from=0001-01-01")]
    [InlineData("?result=Done", "result=Done")]
    [InlineData("?before=12", "before=12")]
    [InlineData("?after=99999999999999-1", "after=99999999999999-1")]
    [InlineData("?before=-5-1", "before=-5-1")]
    [InlineData("?subject=13811112222", "subject=138****2222")]
    [InlineData("?who=a%0Ab%E2%80%AE13811112222", @"who=a\u{000A}b\u{202E}138****2222")]
    public void Condition_ThatNobodyUnderstands_IsLeftOutAndToldHarmlessly(string query, string told)
    {
        var address = AuditAddress.Read(query);
        Assert.Equal([told], address.Ignored);
        Assert.Equal((AuditAddress.Page, 0), (address.ToString(), address.ConditionCount));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?who=&act=%20&colour=red&&=x")]
    public void Address_WithoutConditions_IsThePage(string query) => Assert.Equal(AuditAddress.Page, AuditAddress.Read(query).ToString());
}
