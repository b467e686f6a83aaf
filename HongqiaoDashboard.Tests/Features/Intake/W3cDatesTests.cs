using HongqiaoDashboard.Features.Intake.Open311;

namespace HongqiaoDashboard.Tests.Features.Intake;

public sealed class W3cDatesTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory]
    [InlineData("2026-01-05", "2026-01-04T16:00:00Z", "2026-01-05T16:00:00Z")]
    [InlineData("2026-01-05T08:30:00+08:00", "2026-01-05T00:30:00Z", "2026-01-05T00:30:01Z")]
    [InlineData("2026-01-05T08:30:00 08:00", "2026-01-05T00:30:00Z", "2026-01-05T00:30:01Z")]
    [InlineData("2026-01-05T00:30Z", "2026-01-05T00:30:00Z", "2026-01-05T00:30:01Z")]
    [InlineData("2026-01-04T19:30:00.25-05:00", "2026-01-05T00:30:00.25Z", "2026-01-05T00:30:00.2500001Z")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("9999-12-31", "9999-12-30T16:00:00Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:01Z")]
    public void TryParse_DateOfTheW3cNote_IsASpan(string text, string from, string until)
    {
        Assert.True(W3cDates.TryParse(text, Zone, out var date));
        Assert.Equal((IntakeSamples.At(from), IntakeSamples.At(until)), (date.From, date.Until));
    }

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("0001-01-02")]
    public void TryParse_DayLongAgo_IsADayLong(string text)
    {
        Assert.True(W3cDates.TryParse(text, Zone, out var date));
        Assert.Equal(TimeSpan.FromDays(1), date.Until - date.From);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("2026-1-5")]
    [InlineData("2026-02-30")]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-01")]
    [InlineData("10000-01-01")]
    [InlineData("2026-01-05T08:30:00")]
    [InlineData("2026-01-05 08:30:00+08:00")]
    [InlineData("2026-01-05T24:00:00Z")]
    [InlineData("2026-01-05T08:30.5Z")]
    [InlineData("2026-01-05T08:30:00+25:00")]
    [InlineData("2026-01-05T08:30:00+08:60")]
    [InlineData("9999-12-31T23:59:59-08:00")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    [InlineData("２０２６-01-05")]
    [InlineData("2026-01-05\n")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(W3cDates.TryParse(text, Zone, out _));

    [Fact]
    public void Write_Instant_HasTheOffsetOfTheZone() =>
        Assert.Equal("2026-01-05T08:30:00+08:00", W3cDates.Write(IntakeSamples.At("2026-01-05T00:30:00.999Z"), Zone));
}
