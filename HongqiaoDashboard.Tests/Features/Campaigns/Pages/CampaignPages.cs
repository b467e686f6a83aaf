using System.Globalization;
using System.Security.Claims;
using Bunit;
using HongqiaoDashboard.Features.Campaigns;
using HongqiaoDashboard.Features.Campaigns.Components;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Pages;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Photos;
using HongqiaoDashboard.Tests.Features.Grids;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Pages;

/// <summary>What the campaign pages need, with campaigns in the test's hand.</summary>
public abstract class CampaignPages : BunitContext
{
    protected static readonly DateOnly Today = new(2026, 3, 20);

    internal static readonly CampaignDefinition Relocation = new()
    {
        Code = "relocation", Name = "棚户区改造", NameEn = "Relocation", Start = new(2026, 1, 1), Target = new(2026, 6, 30), ItemWord = new("地块", "Parcel"),
        Stages = [new("signed", new("签约", "Signed")), new("moved", new("搬迁", "Moved out")), new("demolished", new("拆除", "Demolished"))], DoneStage = "moved",
        Measures = [new("households", new("户数", "Households"), new("户", "households"), ["signed", "moved", "demolished"]), new("area", new("面积", "Area"), new("平方米", "m²"), ["moved", "demolished"])],
    };

    internal static readonly CampaignDefinition Markets = new()
    {
        Code = "markets", Name = "市场治理", NameEn = "Markets", Start = new(2026, 1, 1), Target = new(2026, 3, 31), ItemWord = new("市场", "Market"),
        Stages = [new("notified", new("告知", "Notified")), new("cleared", new("取缔", "Cleared")), new("restored", new("恢复", "Restored"))], DoneStage = "cleared",
        Measures = [new("markets", new("市场", "Markets"), new("处", "markets"), ["notified", "cleared", "restored"])],
        Relapse = new RelapseRule(["0601"], 150, 90), Photographs = true, WholeItems = true,
    };

    protected CampaignPages()
    {
        Speak("zh-CN");
        Services.AddMudServices();
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<IGridDirectory>(new Editions());
        Services.AddSingleton<IIncidentCatalog>(new NoCatalog());
        Services.AddSingleton<ICampaignFeed>(_ => Campaign);
        Services.AddSingleton<ICampaignDesk>(_ => Campaign);
        Services.AddSingleton<ICampaignPhotos>(_ => Campaign);
        Services.AddSingleton<PhotoAnswers>();
        Services.AddSingleton<PageWords>();
        Services.AddSingleton<CampaignWords>();
        var authorization = this.AddAuthorization();
        authorization.SetAuthorized("王五").SetPolicies(Policies.ViewSituation, Policies.ViewCases, Policies.WorkCases);
        authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, "wang"));
        Authorization = authorization;
        JSInterop.Mode = JSRuntimeMode.Loose;
        foreach (var module in (string[])["./Ui/Map/LeafletMap.razor.js", "./Ui/Charts/EChart.razor.js", "./Ui/Photos/PhotoPicker.razor.js", "./js/live.js"])
        {
            JSInterop.SetupModule(module).Mode = JSRuntimeMode.Loose;
        }
    }

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 20, 4, 0, 0, TimeSpan.Zero));

    protected Bunit.TestDoubles.BunitAuthorizationContext Authorization { get; }

    internal MadeCampaign Campaign { get; set; } = new(Relocation, Today, Parcel("P1", "渔村", 563, 12_000), Parcel("P2", "西沽", 100, 3_000));

    protected static void Speak(string culture) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

    internal static CampaignItem Parcel(string code, string name, long households, long area) => new()
    {
        Code = code, Name = name, GridCode = GridSamples.Shipped.Units.First(unit => unit.Tier == GridTier.Basic).Code, Point = new GeoPoint(39.17, 117.15),
        Totals = new Dictionary<string, long> { ["households"] = households, ["area"] = area }, PlannedFrom = new(2026, 2, 1), PlannedTo = new(2026, 3, 10),
    };

    internal static CampaignItem Market(string code, string name, string kind = "占路市场") => new()
    {
        Code = code, Name = name, Kind = kind, GridCode = GridSamples.Shipped.Units.First(unit => unit.Tier == GridTier.Basic).Code, Point = new GeoPoint(39.17, 117.15),
        Totals = new Dictionary<string, long> { ["markets"] = 1 },
    };

    protected static StageAmount Households(string stage, long amount) => new(stage, "households", amount);

    protected IRenderedComponent<CampaignPage> Open(string address = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/campaigns/{Campaign.Definition.Code}{address}");
        return Render<CampaignPage>(parameters => parameters.Add(page => page.Code, Campaign.Definition.Code));
    }

    private sealed class Editions : IGridDirectory
    {
        public GridEdition Current => GridSamples.Shipped;

        IReadOnlyList<GridEdition> IGridDirectory.Editions => [Current];

        public event Action? EditionsChanged { add { } remove { } }

        public GridEdition At(DateOnly day) => Current;
    }

    private sealed class NoCatalog : IIncidentCatalog
    {
        public IReadOnlyList<IncidentCategory> Categories => [];

        public IReadOnlyList<Department> Departments => [];

        public IncidentCategory? Category(string code) => null;

        public IncidentType? Type(string code) => null;

        public Department? Department(string code) => null;
    }
}
