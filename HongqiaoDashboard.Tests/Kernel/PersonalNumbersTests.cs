using CsCheck;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.Features.Grids;

namespace HongqiaoDashboard.Tests.Kernel;

public sealed class PersonalNumbersTests
{
    [Theory]
    [InlineData("电话13812345678。", "电话138****5678。")]
    [InlineData("138 1234 5678", "138 **** 5678")]
    [InlineData("138-1234-5678", "138-****-5678")]
    [InlineData("+8613812345678", "+861******5678")]
    [InlineData("１３８１２３４５６７８", "１３８****５６７８")]
    [InlineData("1381 234 5678", "138* *** 5678")]
    [InlineData("１２０１０６１９９００１０１１２３Ｘ", "１２０１************３Ｘ")]
    [InlineData("022-27312345", "022-****2345")]
    [InlineData("022 2731 2345", "022 **** 2345")]
    [InlineData("身份证120106199001011234", "身份证1201************34")]
    [InlineData("12010619900101123X", "1201************3X")]
    [InlineData("120106900101123", "1201*********23")]
    [InlineData("138.1234.5678", "138.****.5678")]
    [InlineData("138—1234—5678", "138—****—5678")]
    [InlineData("138\u30001234\u30005678", "138\u3000****\u30005678")]
    [InlineData("138\u00a01234\u00a05678", "138\u00a0****\u00a05678")]
    [InlineData("138\u200b1234\u200b5678", "138\u200b****\u200b5678")]
    [InlineData("1 3 8 1 2 3 4 5 6 7 8", "1 3 8 * * * * 5 6 7 8")]
    [InlineData("138 - 1234 - 5678", "138 - **** - 5678")]
    [InlineData("+86 138-1234 5678", "+86 1**-**** 5678")]
    [InlineData("008613812345678", "0086*********78")]
    [InlineData("1.13812345678 2.13912345678", "1.138****5678 2.139****5678")]
    [InlineData("3-2-301 13812345678 12", "3-2-301 138****5678 12")]
    [InlineData("2024-05-07 13812345678", "2024-05-07 138****5678")]
    [InlineData("（022）2731-2345", "（022）****-2345")]
    [InlineData("+86 22 2731 2345", "+86 2* **** 2345")]
    [InlineData("0316-2345678转801", "031*-***5678转801")]
    [InlineData("120106 19900101 1234", "1201** ******** **34")]
    [InlineData("6222021234567890128", "6222*************28")]
    [InlineData("6222 0212 3456 7890 128", "6222 **** **** **** *28")]
    [InlineData("١٣٨١٢٣٤٥٦٧٨", "١٣٨****٥٦٧٨")]
    [InlineData("甲13812345678乙13987654321", "甲138****5678乙139****4321")]
    public void Mask_OfAPersonalNumber_HidesItsMiddle(string text, string masked) => Assert.Equal(masked, PersonalNumbers.Mask(text));

    [Theory]
    [InlineData("")]
    [InlineData("丁字沽一号路50号")]
    [InlineData("HQ20240507-000001")]
    [InlineData("12345678")]
    [InlineData("2024-05-07 10:00")]
    [InlineData("邮编300130，限高2.5米")]
    [InlineData("99138123456789912")]
    [InlineData("120106001008002")]
    [InlineData("网格120106010012034，社区120106010012")]
    [InlineData("2024-05-13 2024-05-14 9点")]
    [InlineData("2024年5月13日 2024/5/14 20240515")]
    [InlineData("39.167123, 117.15000001")]
    [InlineData("39.16900000000001 117.15712345678")]
    [InlineData("13-2-301 14-2-30")]
    [InlineData("HQ20240507-000001 20240508")]
    [InlineData("20240507-000001")]
    [InlineData("12345 0222 1380013800")]
    [InlineData("6222 0212 3456 7890 127")]
    public void Mask_OfOtherText_LeavesItAlone(string text) => Assert.Equal(text, PersonalNumbers.Mask(text));

    [Fact]
    public void Mask_OfNothing_IsNothing() => Assert.Null(PersonalNumbers.Mask(null));

    [Theory]
    [InlineData("13812345678")]
    [InlineData("120106199001011234")]
    public void Mask_Twice_ChangesNothingMore(string text) => Assert.Equal(PersonalNumbers.Mask(text), PersonalNumbers.Mask(PersonalNumbers.Mask(text)));

    [Fact]
    public void Mask_OfAnyMobile_WrittenAnyWay_LeavesItUnknown()
    {
        var number = Gen.Select(Gen.Char["3456789"], Gen.Char["0123456789"].Array[9], (second, rest) => "1" + second + new string(rest));
        Gen.Select(Before, Prefix, number, Gen.OneOf("", " ", "-", " - ", "－", "　", "\u00a0", "—"), Gen.OneOf("344", "38", "74", "434", "335"), Wide, After).Sample(
            (before, prefix, digits, separator, groups, wide, after) =>
            {
                var text = before + prefix + Widen(Grouped(digits, separator, groups), wide) + after;
                var masked = PersonalNumbers.Mask(text)!;
                Assert.Equal(text.Length, masked.Length);
                // Of 13511171117 the middle stands at the end once more, where it may be seen.
                if (!Digits(before + prefix + digits[..3] + digits[7..] + after).Contains(digits[3..7], StringComparison.Ordinal))
                {
                    Assert.DoesNotContain(digits[3..7], Digits(masked), StringComparison.Ordinal);
                }

                Assert.True(Hidden(masked) >= 4, $"{text} became {masked}");
                Assert.StartsWith(before, masked, StringComparison.Ordinal);
                Assert.EndsWith(after, masked, StringComparison.Ordinal);
                Assert.Equal(masked, PersonalNumbers.Mask(masked));
            });
    }

    [Fact]
    public void Mask_OfAnyIdentityNumber_HidesTheDayOfBirth()
    {
        var day = Gen.Date[new DateTime(1920, 1, 1), new DateTime(2024, 12, 31)];
        Gen.Select(Before, Gen.Int[110101, 659010], day, Gen.Int[0, 999], Gen.Char["0123456789Xx"], Gen.Bool, Wide, After).Sample(
            (before, region, birth, serial, check, old, wide, after) =>
            {
                var isOld = old && birth.Year is >= 1920 and < 2000;
                var born = birth.ToString(isOld ? "yyMMdd" : "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
                var text = before + Widen($"{region}{born}{serial:000}{(isOld ? "" : check)}", wide) + after;
                var masked = PersonalNumbers.Mask(text)!;
                Assert.Equal(text.Length, masked.Length);
                Assert.DoesNotContain(born, Digits(masked), StringComparison.Ordinal);
                Assert.Equal(isOld ? 9 : 12, Hidden(masked));
            });
    }

    [Fact]
    public void Mask_OfAnyLandlineWithItsAreaCode_HidesItsMiddle()
    {
        Gen.Select(Before, Gen.OneOf("010", "022", "0316", "0755", "(022)", "（010）"), Gen.OneOf("", "-", " ", "－"), Gen.Int[20_000_000, 89_999_999], Wide, After).Sample(
            (before, area, separator, number, wide, after) =>
            {
                var masked = PersonalNumbers.Mask(before + Widen($"{area}{separator}{number}", wide) + after)!;
                Assert.True(Hidden(masked) >= 4, masked);
                Assert.DoesNotContain(number.ToString(System.Globalization.CultureInfo.InvariantCulture), Digits(masked), StringComparison.Ordinal);
            });
    }

    [Fact]
    public void Mask_OfDatesCoordinatesCaseNumbersAndGridCodes_ChangesNothing()
    {
        var other = Gen.OneOf(
            Gen.Date[new DateTime(1990, 1, 1), new DateTime(2039, 12, 31)].SelectMany(date => Gen.OneOf("yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy/M/d", "yyyyMMdd", "yyyy年M月d日", "yyyy-MM-ddTHH:mm:ss.fffZ")
                .Select(format => date.ToString(format, System.Globalization.CultureInfo.InvariantCulture))),
            Gen.Select(Gen.Double[38.5, 40.3], Gen.Double[116.7, 118.1], (lat, lon) => FormattableString.Invariant($"{lat:R}, {lon:R}")),
            Gen.Select(Gen.Double[18.0, 53.5], Gen.Double[73.5, 135.0], (lat, lon) => FormattableString.Invariant($"{lat:0.000000} {lon:0.000000}")),
            Gen.Select(Gen.Date[new DateTime(2018, 1, 1), new DateTime(2039, 12, 31)], Gen.Int[1, 999_999], (date, n) => FormattableString.Invariant($"HQ{date:yyyyMMdd}-{n:000000}")),
            Gen.OneOf(GridSamples.Shipped.Units.Select(unit => unit.Code).ToArray()));
        Gen.Select(Before, other, Gen.OneOf(" ", "，", "\n", "、"), other, After).Sample(
            (before, first, between, second, after) =>
            {
                var text = before + first + between + second + after;
                Assert.Equal(text, PersonalNumbers.Mask(text));
            });
    }

    private static Gen<string> Before => Gen.OneOf("", "电话", "联系人张三：", "tel ", "5号楼 3-201 ", "2024-05-07 10:00 ", "\n");

    private static Gen<string> After => Gen.OneOf("", "。", "（微信同号）", " ok", "\n");

    private static Gen<string> Prefix => Gen.OneOf("", "+86", "+86 ", "0086-", "86 ");

    private static Gen<bool> Wide => Gen.Bool;

    private static string Grouped(string digits, string separator, string groups)
    {
        var at = 0;
        return string.Join(separator, groups.Select(length => digits[at..(at += length - '0')]));
    }

    private static string Widen(string text, bool wide) => wide ? string.Concat(text.Select(c => c is >= '0' and <= '9' ? (char)(c + 0xFEE0) : c)) : text;

    private static string Digits(string text) => string.Concat(text.Where(c => char.IsDigit(c) || c == '*').Select(c => c == '*' ? '*' : (char)('0' + char.GetNumericValue(c))));

    private static int Hidden(string text) => text.Count(c => c == '*');
}
