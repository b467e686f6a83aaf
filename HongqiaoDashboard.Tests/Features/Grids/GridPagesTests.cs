using System.Globalization;
using System.Security.Claims;
using Bunit;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Data;
using HongqiaoDashboard.Features.Grids.Pages;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;

namespace HongqiaoDashboard.Tests.Features.Grids;

public sealed class GridPagesTests : BunitContext
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hongqiao-grids-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 4, 0, 0, TimeSpan.Zero));
    private readonly OneEdition _grids = new();
    private readonly CountedLane _trail = new();

    public GridPagesTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Services.AddMudServices();
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddSingleton<IGridDirectory>(_grids);
        Services.AddSingleton(new GridEditionStore(GridSamples.ShippedFolder, Path.Combine(_folder.FullName, "grids"), _time, NullLogger<GridEditionStore>.Instance));
        Services.AddSingleton<IWriteLane>(_trail);
        Services.AddSingleton<GridImportDesk>();
        this.AddAuthorization().SetAuthorized("somebody").SetClaims(new Claim(ClaimTypes.NameIdentifier, "somebody")).SetPolicies(Policies.Administer);
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./Ui/Map/LeafletMap.razor.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./Features/Grids/Components/GridTree.razor.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void GridsPage_Opened_ShowsTheDistrictInForceAndSaysThatItIsSchematic()
    {
        var page = Open<GridsPage>();

        Assert.Equal("红桥区", page.Find("h2").TextContent);
        Assert.Equal(2, page.FindAll(".grids-note, .mud-chip").Count(e => e.TextContent == "网格边界为示意"));
        Assert.Equal(["西于庄街道", "双环村街道"], page.FindAll(".mud-treeview-item-label").Select(e => e.TextContent.Trim()).Where(t => t.EndsWith("街道", StringComparison.Ordinal)).Take(2));
    }

    [Fact]
    public void GridsPage_WithACodeInTheAddress_ShowsThatGridAndOpensTheTreeToIt()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/grids?code=120106005021003");
        var page = Open<GridsPage>();

        Assert.Equal("流霞里社区第3网格", page.Find("h2").TextContent);
        Assert.Contains(page.FindAll(".mud-treeview-item-label"), e => e.TextContent.Trim() == "流霞里社区第7网格");
        Assert.Contains("流霞里社区第3网格", Assert.Single(page.FindAll(".mud-treeview-item-selected")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void GridsPage_WithAnUnknownCode_ShowsTheDistrict()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/grids?code=999&edition=none");

        Assert.Equal("红桥区", Open<GridsPage>().Find("h2").TextContent);
    }

    [Fact]
    public void GridsPage_WithAFact_ShowsItsCounts()
    {
        Services.AddSingleton<IGridFact>(new OpenCases());
        Services.GetRequiredService<NavigationManager>().NavigateTo("/grids?code=120106005");

        var page = Open<GridsPage>();

        Assert.Contains("在办案件", page.Find("dl").TextContent, StringComparison.Ordinal);
        Assert.Contains("1,234", page.Find("dl").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void GridsPage_WhenTheEditionInForceChanges_FollowsIt()
    {
        var page = Open<GridsPage>();

        _grids.Replace(GridSamples.Sound(GridSamples.NearNairobi()));

        page.WaitForAssertion(() => Assert.Equal("格410101", page.Find("h2").TextContent));
        Assert.DoesNotContain("示意", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GridsPage_Disposed_ListensNoMore()
    {
        Open<GridsPage>();
        Assert.Equal(1, _grids.Listeners);

        await DisposeComponentsAsync();

        Assert.Equal(0, _grids.Listeners);
    }

    [Fact]
    public void GridsImportPage_AFaultyFile_ListsItsFaultsAndOffersNoImport()
    {
        var file = GridSamples.NearNairobi();
        file.Properties("410101001001001").Remove("name");
        var page = Open<GridsImportPage>();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(file.Utf8(), "bad.geojson"));

        page.WaitForAssertion(() => Assert.Contains("bad.geojson 有 1 处问题", page.Markup, StringComparison.Ordinal));
        Assert.Contains(page.FindAll("td"), cell => cell.TextContent == "410101001001001");
        Assert.Contains(page.FindAll("td"), cell => cell.TextContent == "缺少名称（name）。");
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("确认导入", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GridsImportPage_ASoundFile_IsKeptOnlyWhenConfirmed()
    {
        var store = Services.GetRequiredService<GridEditionStore>();
        var page = Open<GridsImportPage>();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(GridSamples.NearNairobi().Utf8(), "new.geojson"));
        page.WaitForAssertion(() => Assert.Contains("另一个区县", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["1", "4", "16", "64"], page.FindAll(".import-counts strong").Select(e => e.TextContent));
        Assert.Equal("120106-2018", store.Current.Id);
        Assert.Equal(0, _trail.Changes);

        await page.FindAll("button").Single(button => button.TextContent.Contains("确认导入", StringComparison.Ordinal)).ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("2019-07-01 起生效", page.Markup, StringComparison.Ordinal));
        Assert.Equal("nairobi-1", store.Current.Id);
        // That it begins, and how it ended.
        Assert.Equal(2, _trail.Changes);
    }

    // Selects need the place where their lists pop up; the layout has it.
    private IRenderedComponent<TPage> Open<TPage>() where TPage : IComponent
    {
        Render<MudPopoverProvider>();
        return Render<TPage>();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Delete(recursive: true);
    }

    private sealed class OneEdition : IGridDirectory
    {
        public event Action? EditionsChanged;

        public IReadOnlyList<GridEdition> Editions { get; private set; } = [GridSamples.Shipped];

        public GridEdition Current => Editions[0];

        public int Listeners => EditionsChanged?.GetInvocationList().Length ?? 0;

        public GridEdition At(DateOnly day) => Current;

        public void Replace(GridEdition edition)
        {
            Editions = [edition];
            EditionsChanged?.Invoke();
        }
    }

    // An import writes to the database nothing but its records.
    private sealed class CountedLane : IWriteLane
    {
        public int Changes { get; private set; }

        public Task<T> WriteAsync<T>(Func<WriteSession, T> change, CancellationToken cancellation = default)
        {
            Changes++;
            return Task.FromResult(default(T)!);
        }
    }

    private sealed class OpenCases : IGridFact
    {
        public string Key => "incidents.open";

        public string Label => "在办案件";

        public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(GridEdition edition, string? scopeCode, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long> { ["120106005"] = 1234 });
    }
}
