using System.Globalization;
using Bunit;
using HongqiaoDashboard.Features.Demo;
using HongqiaoDashboard.Ui.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Ui.Notices;

public sealed class DataNoticesTests : BunitContext
{
    [Theory]
    [InlineData("zh-CN", "演示数据")]
    [InlineData("en", "Demo data")]
    public void Notices_OfADemoFolder_SayItInTheLanguageOfTheUser(string culture, string expected)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        Services.AddLocalization();
        Services.AddSingleton<DemoNotice>();
        Services.AddSingleton<IDataNotice>(provider => provider.GetRequiredService<DemoNotice>());

        Assert.Empty(Render<DataNotices>().Markup.Trim());
        Services.GetRequiredService<DemoNotice>().IsShown = true;

        var notice = Render<DataNotices>().Find(".data-notice");
        Assert.Equal(expected, notice.TextContent);
        Assert.NotEmpty(notice.GetAttribute("title")!);
    }
}
