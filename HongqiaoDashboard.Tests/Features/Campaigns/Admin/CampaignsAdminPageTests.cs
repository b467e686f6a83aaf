using Bunit;
using HongqiaoDashboard.Features.Campaigns;
using HongqiaoDashboard.Features.Campaigns.Components.Admin;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Campaigns.Pages.Admin;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Incidents;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Admin;

/// <summary>The page on which campaigns are administered, on a real book.</summary>
public sealed class CampaignsAdminPageTests : CasePages
{
    private CampaignBook Book => Database.Get<CampaignBook>();

    public CampaignsAdminPageTests()
    {
        JSInterop.Setup<bool>("confirm", _ => true).SetResult(true);
        Services.AddSingleton(_ => Book);
        Services.AddSingleton<CampaignWords>();
        Services.AddSingleton<CampaignAdminWords>();
        SignIn(Policies.Administer);
    }

    [Fact]
    public async Task Campaign_MadeFromAnEmptyForm_SaysAllThatIsMissingAndIsInForceWhenPublished()
    {
        var page = Open();
        await page.Find("[data-add]").ClickAsync();

        // All at once, each beside its field.
        Assert.Equal(["CampaignNameMissing", "CampaignNameMissing"], Faults(page, "basics"));
        Assert.Equal(["CampaignNameMissing"], Faults(page, "stages"));
        Assert.Equal(["CampaignNameMissing", "CampaignNameMissing"], Faults(page, "measures"));
        Assert.Equal("5", page.Find("[data-draft-faults]").GetAttribute("data-draft-faults"));

        foreach (var (field, text) in ((string, string)[])
            [
                ("data-field=Code", "sheds"), ("data-field=Name", "违建拆除"), ("data-field=NameEn", "Sheds"), ("data-field=ItemZh", "违建"), ("data-field=ItemEn", "Shed"),
                ("data-stage-zh='0'", "拆除"), ("data-stage-en='0'", "Demolished"), ("data-measure-zh='0'", "面积"), ("data-measure-en='0'", "Area"), ("data-unit-zh='0'", "平方米"), ("data-unit-en='0'", "m²"),
            ])
        {
            await page.Find($"[{field}]").ChangeAsync(text);
        }

        Assert.Empty(page.FindAll("[data-fault]"));
        Assert.Contains("新增行动“违建拆除”", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
        await page.Find(".draft-note textarea").InputAsync("第三项行动");
        await page.Find("[data-publish]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("2", page.Find("[data-published]").GetAttribute("data-published")));
        Assert.Equal("违建", Book.Campaigns[2].ItemWord.Zh);
        Assert.True(page.Find("[data-field=Code]").HasAttribute("disabled"));
        Assert.Equal("/campaigns/sheds", page.Find(".camps-open a").GetAttribute("href"));
    }

    [Fact]
    public async Task SecondField_ChangedBeforeTheFirstIsDrawn_KeepsBoth()
    {
        var campaign = Book.Campaigns[0];
        CampaignDefinition? raised = null;
        var rows = Render<MeasureRows>(parameters => parameters.Add(r => r.Value, campaign).Add(r => r.OnChange, next => raised = next));
        // What the first field made of it has arrived, and the browser still shows what was drawn before.
        var first = campaign.WithMeasure(0, campaign.Measures[0] with { Name = new("人数", "People") });
        typeof(MeasureRows).GetProperty(nameof(MeasureRows.Value))!.SetValue(rows.Instance, first);

        await rows.Find("[data-unit-en='0']").ChangeAsync("persons");

        Assert.Equal(("人数", "persons"), (raised!.Measures[0].Name.Zh, raised.Measures[0].Unit.En));
    }

    [Fact]
    public async Task WhatHasEntries_CannotBeTakenAway_AndThePageSaysWhy()
    {
        Database.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 10, 2, 0, 0, TimeSpan.Zero));
        var desk = Database.Get<ICampaignDesk>();
        await desk.PutItemAsync("relocation", CampaignHouse.Parcel(), CampaignHouse.Enterer, Xunit.TestContext.Current.CancellationToken);
        await desk.EnterAsync(
            "relocation", new DayEntry { Item = "P1", Day = new(2026, 3, 9), Amounts = [CampaignHouse.Households("surveyed", 3), CampaignHouse.Households("signed", 2)] }, CampaignHouse.Enterer,
            Xunit.TestContext.Current.CancellationToken);
        var page = Open();

        foreach (var (button, fault) in ((string, string)[])
            [("data-remove", "CampaignInUse"), ("data-stage-remove='1'", "CampaignStagesInUse"), ("data-stage-up='1'", "CampaignStagesInUse"), ("data-measure-remove='0'", "CampaignMeasureInUse")])
        {
            await page.Find($"[{button}]").ClickAsync();
            Assert.Equal(fault, page.Find("[data-hindrance]").GetAttribute("data-hindrance"));
            Assert.Empty(page.FindAll("[data-changes]"));
        }

        // What nothing has reached may go and come.
        await page.Find("[data-stage-remove='4']").ClickAsync();
        Assert.Empty(page.FindAll("[data-hindrance]"));
        Assert.Contains("删除阶段“净地移交”", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
        await page.Find("[data-add-stage]").ClickAsync();
        await page.Find("[data-stage-code='4']").ChangeAsync("checked");
        Assert.Equal(["CampaignNameMissing"], Faults(page, "stages"));
        Assert.True(page.Find("[data-counted='area.checked']").HasAttribute("checked"));
    }

    [Fact]
    public async Task Campaign_OnlyToBeLookedAt_IsAnotherVersionAndCannotBeChanged()
    {
        var (version, document) = Book.InForce;
        await Book.PublishAsync(new([document.Campaigns[0] with { Target = new(2028, 1, 1) }, document.Campaigns[1]]), version, "延期", TestDatabase.Operator, Xunit.TestContext.Current.CancellationToken);
        var page = Open();
        Assert.Equal("2028-01-01", page.Find("[data-field=Target]").GetAttribute("value"));

        await page.Find("[data-show-version='1']").ClickAsync();

        Assert.Equal("2027-06-30", page.Find("[data-field=Target]").GetAttribute("value"));
        Assert.True(page.Find("fieldset.form").HasAttribute("disabled"));
        Assert.Empty(page.FindAll("[data-add], [data-remove]"));
        Assert.Contains("目标日期 由“2027-06-30”改为“2028-01-01”", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
    }

    private static List<string?> Faults(IRenderedComponent<CampaignsAdminPage> page, string part) =>
        [.. page.FindAll($"[data-part={part}] [data-fault]").Select(fault => fault.GetAttribute("data-fault"))];

    private IRenderedComponent<CampaignsAdminPage> Open() => Render<CampaignsAdminPage>();
}
