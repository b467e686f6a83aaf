using System.Globalization;
using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Incidents;
using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed partial class IncidentsTextsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private IStringLocalizer<IncidentsTexts> Text => database.Get<IStringLocalizer<IncidentsTexts>>();

    // Read from the sources, so that a code that is new is missed here at once.
    private static List<string> Codes => [.. Repository.Sources("*.cs").Where(path => path.Contains("/Features/Incidents/", StringComparison.Ordinal))
        .SelectMany(path => Code().Matches(File.ReadAllText(path)).Select(match => match.Groups["code"].Value)).Distinct()];

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Refusal_OfTheDesk_HasASentence(string culture)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        Assert.True(Codes.Count >= 17, string.Join(' ', Codes));
        Assert.DoesNotContain(Codes, code => Text[code].ResourceNotFound);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Word_OfEveryStateMoveAndOrder_IsThere(string culture)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var keys = Enum.GetNames<IncidentState>().Select(name => "State." + name)
            .Concat(Enum.GetNames<IncidentSeverity>().Select(name => "Severity." + name))
            .Concat(Enum.GetNames<IncidentEventKind>().SelectMany(name => (string[])["Move." + name, "Done." + name]))
            .Concat(Enum.GetNames<IncidentOrder>().SelectMany(name => (string[])[$"Sort.{name}.asc", $"Sort.{name}.desc"]));
        Assert.DoesNotContain(keys, key => Text[key].ResourceNotFound);
    }

    [Fact]
    public void Refusal_NamingStatesAndInstants_SaysThemInWordsAndLocalTime()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var words = database.Get<CaseWords>();

        Assert.Equal("案件 HQ1 现为「已结案」，不能进行「派遣」。", words.Sentence(new Refusal("MoveNotAllowed", "HQ1", IncidentState.Closed, IncidentEventKind.Dispatched)));
        Assert.Equal("延期后的时限须晚于原时限 2024-05-06 10:00。", words.Sentence(new Refusal("UntilNotLater", TestDatabase.Start)));
        Assert.Equal("操作被拒绝（Unheard）。", words.Sentence(new Refusal("Unheard")));
    }

    [GeneratedRegex(@"(?:RefusedException\(|Needed\([\w.]+, )""(?<code>\w+)""")]
    private static partial Regex Code();
}
