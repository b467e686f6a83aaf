using System.Globalization;
using System.Text.Json;
using Bunit;
using HongqiaoDashboard.Ui.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HongqiaoDashboard.Tests.Ui.Live;

public sealed class FreshnessBadgeComponentTests : BunitContext
{
    private static readonly DateTimeOffset Now = new(2024, 5, 8, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("zh-CN", "数据已 {0} 未更新")]
    [InlineData("en", "No update for {0}")]
    public async Task Badge_Told_HandsItsTextsAndBothInstantsToTheBrowser(string culture, string stale)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        var module = JSInterop.SetupModule("./js/live.js");
        var live = module.SetupModule(invocation => invocation.Identifier == "attach");
        live.Mode = JSRuntimeMode.Loose;

        var badge = Render<FreshnessBadge>(parameters => parameters.Add(b => b.TimeZone, "Asia/Shanghai"));
        await badge.InvokeAsync(() => badge.Instance.BeatAsync(Now.AddSeconds(-2)));

        Assert.Equal("waiting", badge.Find(".freshness").GetAttribute("data-freshness"));
        var options = JsonSerializer.SerializeToElement(module.Invocations.Single(i => i.Identifier == "attach").Arguments[1], JsonSerializerOptions.Web);
        Assert.Equal(stale, options.GetProperty("texts").GetProperty("stale").GetString());
        Assert.Equal("Asia/Shanghai", options.GetProperty("timeZone").GetString());
        // Stale from the first heartbeat that is missed on.
        Assert.InRange(options.GetProperty("staleAfter").GetDouble(), 5_000, 9_999);
        Assert.Equal([Now.AddSeconds(-2).ToUnixTimeMilliseconds(), Now.ToUnixTimeMilliseconds()], live.Invocations.Single(i => i.Identifier == "beat").Arguments);
    }
}
