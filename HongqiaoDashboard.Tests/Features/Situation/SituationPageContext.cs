using System.Globalization;
using Bunit;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Grids;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace HongqiaoDashboard.Tests.Features.Situation;

/// <summary>What a page of the live picture needs, with the shipped edition and a feed in the test's hand.</summary>
public abstract class SituationPageContext : BunitContext
{
    protected SituationPageContext()
    {
        Speak("zh-CN");
        Services.AddMudServices();
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(SituationSamples.Noon));
        Services.AddSingleton<IGridDirectory>(new Editions());
        Services.AddSingleton<IIncidentCatalog>(new Catalog());
        Services.AddSingleton<ISituationFeed>(_ => Feed);
        Services.AddSingleton<SituationWords>();
        Services.AddSingleton<ICampaignFeed>(new Campaigns.Pages.MadeCampaigns());
        var authorization = this.AddAuthorization();
        authorization.SetAuthorized("somebody").SetPolicies(Policies.ViewSituation);
        authorization.SetClaims(new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, "somebody"));
        JSInterop.Mode = JSRuntimeMode.Loose;
        foreach (var module in (string[])["./Ui/Map/LeafletMap.razor.js", "./Ui/Charts/EChart.razor.js", "./js/live.js"])
        {
            JSInterop.SetupModule(module).Mode = JSRuntimeMode.Loose;
        }
    }

    internal FakeFeed Feed { get; set; } = new(SituationSamples.Empty());

    protected static void Speak(string culture) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

    private sealed class Editions : IGridDirectory
    {
        public GridEdition Current => GridSamples.Shipped;

        IReadOnlyList<GridEdition> IGridDirectory.Editions => [Current];

        public event Action? EditionsChanged { add { } remove { } }

        public GridEdition At(DateOnly day) => Current;
    }

    private sealed class Catalog : IIncidentCatalog
    {
        private static readonly IncidentType Refuse = new("0401", "04", "暴露垃圾", "Exposed refuse", "", "", IncidentSeverity.Ordinary, "x", [], []);

        public IReadOnlyList<IncidentCategory> Categories { get; } = [new("04", "市容环境", "City appearance", false, false, [Refuse])];

        public IReadOnlyList<Department> Departments => [];

        public IncidentCategory? Category(string code) => Categories.FirstOrDefault(category => category.Code == code);

        public IncidentType? Type(string code) => code == Refuse.Code ? Refuse : null;

        public Department? Department(string code) => null;
    }
}
