using HongqiaoDashboard.Kernel;

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
    public void Mask_OfOtherText_LeavesItAlone(string text) => Assert.Equal(text, PersonalNumbers.Mask(text));

    [Fact]
    public void Mask_OfNothing_IsNothing() => Assert.Null(PersonalNumbers.Mask(null));

    [Theory]
    [InlineData("13812345678")]
    [InlineData("120106199001011234")]
    public void Mask_Twice_ChangesNothingMore(string text) => Assert.Equal(PersonalNumbers.Mask(text), PersonalNumbers.Mask(PersonalNumbers.Mask(text)));
}
