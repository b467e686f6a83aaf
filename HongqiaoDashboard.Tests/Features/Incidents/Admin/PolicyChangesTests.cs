using System.Globalization;
using HongqiaoDashboard.Features.Incidents.Components.Policy;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Incidents.Admin;

public sealed class PolicyChangesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // Ordinary 2h and 1wd, major 4wd and 5wd.
    private static readonly PolicyText Shipped = PolicyText.Of(new PromiseOptions().ToPolicy());

    [Fact]
    public void Promise_ThatIsAnother_IsAChangeOfItsField()
    {
        var after = Shipped.With(Shipped.Rules[0].With("Resolve", "3h").With("Accept", " 1h ")).With(Shipped.Rules[1].With("Close", "no"));

        Assert.Equal(
            [new(Shipped.Rules[0], "Resolve", "2h", "3h"), new(Shipped.Rules[0], "Accept", "", "1h"), new(Shipped.Rules[1], "Close", "5wd", "no")],
            PolicyChanges.Between(Shipped, after));
    }

    [Fact]
    public void Promise_WrittenOtherwise_IsNoChange() =>
        Assert.Empty(PolicyChanges.Between(Shipped, Shipped.With(Shipped.Rules[0].With("Resolve", "02h"))));

    [Fact]
    public void Rules_InAnotherOrder_AreNoChange() => Assert.Empty(PolicyChanges.Between(Shipped, new PolicyText([.. Shipped.Rules.Reverse()])));

    [Fact]
    public void Rule_ThatIsNewOrGone_IsAddedOrRemoved()
    {
        var more = Shipped.WithAnother();
        Assert.Equal([new(more.Rules[2], "Added")], PolicyChanges.Between(Shipped, more));
        Assert.Equal([new(more.Rules[2], "Removed")], PolicyChanges.Between(more, Shipped));
    }

    [Fact]
    public void Rule_ThatCoversSomethingElse_HasChangedWhatItCovers()
    {
        var major = Shipped.Rules[1];
        var after = Shipped.With(major with { Scope = new(null, "04", "0401") });
        Assert.Equal(
            [new(major, "Severity", "Major", ""), new(major, "Category", "", "04"), new(major, "Type", "", "0401")],
            PolicyChanges.Between(Shipped, after));
    }

    // The third rule of one version is not the third of another.
    [Fact]
    public void Rules_OfTwoVersions_AreComparedByWhatTheyCover()
    {
        PolicyText before = new([.. Shipped.Rules, Rule(3, "04", "3h"), Rule(4, "05", "4h")]);
        PolicyText after = new([.. Shipped.Rules, Rule(3, "05", "6h")]);
        Assert.Equal([new(before.Rules[3], "Resolve", "4h", "6h"), new(before.Rules[2], "Removed")], PolicyChanges.Between(before, after));
    }

    [Theory]
    [InlineData("zh-CN", "规则“一般”：处置完成由“2 小时（连续计时）”改为“3h30”", "规则“重大”：等级由“重大”改为“不限”", "规则“重大”：小类由“不限”改为“暴露垃圾”", "新增规则“全部案件”：尚未填写时限")]
    [InlineData("en", "Rule “Ordinary”: Resolved changed from “2 hours on the clock” to “3h30”", "Rule “Major”: Severity changed from “Major” to “Any”", "Rule “Major”: Type changed from “Any” to “Exposed refuse”", "New rule “All cases”: no promises yet")]
    public void Changes_InWords_SayWhichFieldFromWhatToWhat(string culture, params string[] sentences)
    {
        var after = Shipped.With(Shipped.Rules[0].With("Resolve", "3h30")).With(Shipped.Rules[1] with { Scope = new(null, null, "0401") }).WithAnother();
        Assert.Equal(sentences, Said(culture, PolicyChanges.Between(Shipped, after)));
    }

    [Theory]
    [InlineData("zh-CN", "新增规则“暴露垃圾”：处置完成 2 小时（连续计时）；结案 次日起第 1 个工作日结束前", "删除规则“一般”")]
    [InlineData("en", "New rule “Exposed refuse”: Resolved 2 hours on the clock; Closed by the end of working day 1 after it", "Rule “Ordinary” removed")]
    public void Rules_InWords_SayWhatTheyPromise(string culture, params string[] sentences)
    {
        var added = Shipped.Rules[0] with { Key = 9, Scope = new(null, null, "0401") };
        Assert.Equal(sentences, Said(culture, PolicyChanges.Between(Shipped, new PolicyText([Shipped.Rules[1], added]))));
    }

    private IEnumerable<string> Said(string culture, IEnumerable<PolicyChange> changes)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        return changes.Select(database.Get<PolicyWords>().Change);
    }

    private static RuleText Rule(int key, string category, string resolve) => (Shipped.Rules[0] with { Key = key, Scope = new(null, category) }).With("Resolve", resolve);
}
