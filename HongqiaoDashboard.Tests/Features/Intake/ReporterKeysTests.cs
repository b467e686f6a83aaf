using HongqiaoDashboard.Features.Intake.Keys;
using HongqiaoDashboard.Features.Intake.Open311;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace HongqiaoDashboard.Tests.Features.Intake;

public sealed class ReporterKeysTests
{
    [Fact]
    public void Present_KeyInForce_IsAReporterNamedBySixteenDigitsOfItsFingerprint()
    {
        var keys = new ReporterKeys(["first-key", "second-key"]);

        var second = keys.Present("second-key")!.Actor;
        Assert.Matches("^key:[0-9a-f]{16}$", second.Id);
        Assert.Equal((Roles.Reporter, false), (second.Role, second.IsBound));
        Assert.NotEqual(keys.Present("first-key")!.Actor.Id, second.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("First-key")]
    [InlineData("first-key ")]
    [InlineData("first-ke")]
    public void Present_AnyOtherText_IsNobody(string key) => Assert.Null(new ReporterKeys(["first-key", "", " "]).Present(key));

    [Fact]
    public void Present_WithoutConfiguredKeys_IsNobody() => Assert.Null(new ReporterKeys(new ConfigurationBuilder().Build()).Present(""));

    [Theory]
    [InlineData("", null, "zh-CN")]
    [InlineData("", "fr-FR, en;q=0.5, zh;q=0.8", "zh-CN")]
    [InlineData("", "en-GB", "en")]
    [InlineData("", "en;q=0", "zh-CN")]
    [InlineData("", "de", "zh-CN")]
    [InlineData("", ";;;", "zh-CN")]
    [InlineData("?locale=en_US", "zh-CN", "en")]
    [InlineData("?locale=zh", "en", "zh-CN")]
    [InlineData("?locale=xx", "en", "en")]
    public void LanguageOf_Call_IsWhatItAsksForOrChinese(string query, string? accept, string language)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        request.Headers.AcceptLanguage = accept;

        Assert.Equal(language, Open311Texts.LanguageOf(request).Name);
    }
}
