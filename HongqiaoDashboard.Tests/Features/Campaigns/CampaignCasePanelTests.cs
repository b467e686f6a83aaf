using System.Globalization;
using System.Security.Claims;
using Bunit;
using HongqiaoDashboard.Features.Campaigns;
using HongqiaoDashboard.Features.Campaigns.Components;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using static HongqiaoDashboard.Tests.Features.Campaigns.CampaignHouse;

namespace HongqiaoDashboard.Tests.Features.Campaigns;

/// <summary>The page of a case says which items it stands in the way of, and lets workers say so.</summary>
public sealed class CampaignCasePanelTests : BunitContext, IAsyncLifetime
{
    private readonly CampaignHouse _house = new();

    public CampaignCasePanelTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Services.AddMudServices();
        Services.AddLocalization();
        Services.AddSingleton<ICampaignFeed>(_house.Projection);
        Services.AddSingleton(_house.Desk);
        Services.AddSingleton<CampaignWords>();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Worker_LinkingACase_SeesItListedAndLetsItGoAgain()
    {
        await _house.PutAsync(Parcel());
        _house.Step();
        var blocking = await _house.Database.ReportAsync();
        SignIn(Policies.ViewCases, Policies.WorkCases);
        Render<MudPopoverProvider>();
        var panel = Render<CampaignCasePanel>(parameters => parameters.Add(p => p.Number, blocking.Number));
        await panel.WaitForElement("[data-link-open]").ClickAsync();
        await panel.InvokeAsync(() => panel.FindComponent<MudSelect<string>>().Instance.ValueChanged.InvokeAsync(Relocation));
        await panel.InvokeAsync(() => panel.FindComponent<MudAutocomplete<CampaignItem>>().Instance.ValueChanged.InvokeAsync(Parcel()));
        await panel.Find("form").SubmitAsync();
        _house.Step();
        var link = panel.WaitForElement("[data-link=blocks] a");
        Assert.Equal(("P1号地块", "/campaigns/relocation?item=P1"), (link.TextContent, link.GetAttribute("href")));
        await panel.Find("[data-unlink]").ClickAsync(new());
        _house.Step();
        panel.WaitForState(() => panel.FindAll("[data-link]").Count == 0);
    }

    [Fact]
    public async Task Reader_OfACase_SeesRelapsesAndNoButtons()
    {
        await _house.PutAsync(Market(), Markets);
        await _house.EnterAsync(Markets, "M1", 3, 0, Enterer, Cleared);
        var vending = (await _house.Database.Desk.ReportAsync(
            new() { Type = "0601", Point = Streets[0].Centre, Description = "", Source = "desk" }, TestKit.TestDatabase.Operator, Xunit.TestContext.Current.CancellationToken)).Incident;
        _house.Step();
        SignIn(Policies.ViewCases);
        var panel = Render<CampaignCasePanel>(parameters => parameters.Add(p => p.Number, vending.Number));
        Assert.Equal("/campaigns/markets?item=M1", panel.WaitForElement("[data-link=relapse] a").GetAttribute("href"));
        Assert.Empty(panel.FindAll("button"));
        await DisposeComponentsAsync();
        Assert.Equal(0, _house.Projection.Followers);
    }

    // Not DisposeAsync of the context: the components go first, the database after them.
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await DisposeAsync();
        await _house.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private void SignIn(params string[] policies)
    {
        var authorization = this.AddAuthorization();
        authorization.SetAuthorized("王芳").SetPolicies(policies);
        authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, "street-1"), new Claim(ClaimTypes.Role, Roles.StreetDispatcher));
    }
}
