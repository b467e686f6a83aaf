using System.Globalization;
using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Components.Policy;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Photos;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor;
using MudBlazor.Services;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>The case pages on a real database: what is rendered is what the desk and the reader say.</summary>
public abstract class CasePages : BunitContext, IAsyncLifetime
{
    private IRenderedComponent<MudPopoverProvider>? _popovers;

    protected CasePages()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Services.AddMudServices();
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(Database.Clock);
        Services.AddSingleton(Database.Desk);
        Services.AddSingleton(Database.Reader);
        Services.AddSingleton(Database.Catalog);
        Services.AddSingleton(Database.Grids);
        Services.AddSingleton(Database.Get<IIncidentChanges>());
        Services.AddSingleton(Database.Get<ICaseSelection>());
        Services.AddSingleton(Database.Get<IncidentDecision>());
        Services.AddSingleton(Database.Get<PolicyBook>());
        Services.AddSingleton(Database.Get<CalendarReplay>());
        Services.AddSingleton(Database.Get<ICalendarBook>());
        Services.AddSingleton(Database.Get<IIncidentContacts>());
        Services.AddSingleton(Database.Get<IOptions<PhotoOptions>>());
        Services.AddSingleton<PhotoAnswers>();
        Services.AddSingleton(Database.Get<SavedFilters>());
        Services.AddSingleton(Database.Get<CaseDuplicates>());
        Services.AddSingleton<CaseWords>();
        Services.AddSingleton<PolicyWords>();
        Authorization = this.AddAuthorization();
        SignIn(Policies.ViewCases, Policies.WorkCases);
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./Ui/Photos/PhotoPicker.razor.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./Ui/Map/LeafletMap.razor.js").Mode = JSRuntimeMode.Loose;
    }

    protected TestDatabase Database { get; } = new();

    protected BunitAuthorizationContext Authorization { get; }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Selects need the place where their lists pop up; the layout has it.</summary>
    protected void RenderPopovers() => _popovers ??= Render<MudPopoverProvider>();

    protected void SignIn(params string[] policies) =>
        Authorization.SetAuthorized("李娜").SetClaims(new Claim(ClaimTypes.NameIdentifier, "operator-2")).SetPolicies(policies);

    protected void SignInWithin(string scope) =>
        Authorization.SetAuthorized("李娜").SetClaims(new Claim(ClaimTypes.NameIdentifier, "operator-2"), new Claim(Actor.ScopeClaim, scope)).SetPolicies(Policies.ViewCases, Policies.WorkCases);

    // Not DisposeAsync of the context: the components go first, the database after them.
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
