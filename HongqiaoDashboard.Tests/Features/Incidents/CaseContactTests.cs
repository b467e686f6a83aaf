using System.Globalization;
using Bunit;
using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Vault;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class CaseContactTests : CasePages
{
    [Fact]
    public async Task Contact_BeforeAReason_IsMasked_AndAfterItIsInClearAndInTheLog()
    {
        var incident = await IncidentContactsTests.ReportAsync(Database, IncidentContactsTests.Contact);
        var section = Open(incident.Number);
        section.WaitForAssertion(() => Assert.Equal(["张***", "139***22", "z***@example.org"], section.FindAll("dd").Select(e => e.TextContent)));
        AssertMasked(section);

        await section.Find("[data-reveal]").ClickAsync();
        await section.Find("form").SubmitAsync();
        section.WaitForAssertion(() => Assert.Contains("请填写原因", section.Find("[data-fault]").TextContent, StringComparison.Ordinal));
        AssertMasked(section);
        Assert.Single(await Database.LogAsync(incident.Number));

        await section.Find("form input[type=text]").ChangeAsync("回访核实");
        await section.Find("form").SubmitAsync();
        section.WaitForAssertion(() => Assert.Equal(["张敏", "139-1111-2222", "zhangmin@example.org"], section.FindAll("dd").Select(e => e.TextContent)));
        var entry = (await Database.LogAsync(incident.Number))[^1];
        Assert.Equal((Kind.ContactRevealed, "operator-2", "回访核实"), (entry.Kind, entry.ActorId, entry.Detail.Text));
        Assert.DoesNotContain("139", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        await section.Find("[data-hide]").ClickAsync();
        AssertMasked(section);
    }

    [Fact]
    public async Task Contact_InClear_IsGoneOnAnotherCase()
    {
        var (first, second) = (await IncidentContactsTests.ReportAsync(Database, IncidentContactsTests.Contact), await IncidentContactsTests.ReportAsync(Database, new ReporterContact("王", null, null, null)));
        var section = Open(first.Number);
        await section.WaitForElement("[data-reveal]").ClickAsync();
        await section.Find("form input[type=text]").ChangeAsync("回访核实");
        await section.Find("form").SubmitAsync();
        section.WaitForElement("[data-hide]");

        section.Render(parameters => parameters.Add(c => c.Number, second.Number));

        section.WaitForAssertion(() => Assert.Equal(["王***"], section.FindAll("dd").Select(e => e.TextContent)));
        AssertMasked(section);
    }

    [Fact]
    public async Task Contact_ForWhoMayNotWorkCases_IsNotEvenMasked()
    {
        var incident = await IncidentContactsTests.ReportAsync(Database, IncidentContactsTests.Contact);
        SignIn(Policies.ViewCases);
        var section = Open(incident.Number);
        Assert.Empty(section.FindAll("dd, [data-reveal]"));
    }

    [Theory]
    [InlineData(ContactState.None, null, "上报人未留，或已按期清除")]
    [InlineData(ContactState.NotKept, null, "未能保存")]
    [InlineData(ContactState.Unreadable, VaultFault.MasterKeyMissing, "没有主密钥")]
    [InlineData(ContactState.Unreadable, VaultFault.MasterKeyUnusable, "主密钥文件无法使用")]
    [InlineData(ContactState.Unreadable, VaultFault.MasterKeyWrong, "不是加密时所用的那一个")]
    [InlineData(ContactState.Unreadable, VaultFault.KeyGone, "已不在数据目录中的密钥")]
    public void Contact_ThatCannotBeShown_SaysWhyInBothLanguages(ContactState state, VaultFault? fault, string words)
    {
        Services.AddSingleton<IIncidentContacts>(new Told(new ContactGlimpse(state, Fault: fault)));
        var section = Open("HQ20240506-000001");
        section.WaitForAssertion(() => Assert.Contains(words, section.Markup, StringComparison.Ordinal));
        Assert.Empty(section.FindAll("[data-reveal]"));

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        Assert.DoesNotContain("Contact.", Open("HQ20240506-000002").Markup, StringComparison.Ordinal);
    }

    private static void AssertMasked(IRenderedComponent<CaseContact> section) =>
        Assert.All((string[])["1111", "zhangmin", "敏"], secret => Assert.DoesNotContain(secret, section.Markup, StringComparison.Ordinal));

    private IRenderedComponent<CaseContact> Open(string number) => Render<CaseContact>(parameters => parameters.Add(c => c.Number, number));

    private sealed class Told(ContactGlimpse glimpse) : IIncidentContacts
    {
        public Task<ContactGlimpse> LookAsync(string number, Actor actor, CancellationToken cancellation = default) => Task.FromResult(glimpse);

        public Task<ReporterContact> RevealAsync(string number, string reason, Actor actor, CancellationToken cancellation = default) => throw new InvalidOperationException();
    }
}
