using System.Globalization;
using HongqiaoDashboard.Features.Access.Audit;
using HongqiaoDashboard.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("zh-CN", "登录")]
    [InlineData("en", "Signed in")]
    public void Acts_ThatFeaturesShare_HaveWords(string language, string signedIn)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var words = new AuditWords(services.GetRequiredService<IStringLocalizer<AuditTexts>>(), null!);

        Assert.Empty(typeof(AuditActs).GetFields().Select(field => (string)field.GetRawConstantValue()!).Except(words.Acts));
        Assert.All(words.Acts, act => Assert.NotEqual(act, words.Act(act)));
        Assert.Equal((signedIn, "some.new-act"), (words.Act(AuditActs.SignedIn), words.Act("some.new-act")));
    }
}
