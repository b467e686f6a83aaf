using System.Globalization;
using System.Text.Json;
using Bunit;
using HongqiaoDashboard.Ui.Map;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Ui.Map;

public sealed class LeafletMapComponentTests : BunitContext
{
    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _handle;

    public LeafletMapComponentTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Services.AddLocalization();
        _module = JSInterop.SetupModule("./Ui/Map/LeafletMap.razor.js");
        _handle = _module.SetupModule(invocation => invocation.Identifier == "create");
        _handle.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task Map_Cells_CrossAsOneListOfWhatChanged()
    {
        var map = Open();

        await map.InvokeAsync(() => map.Instance.SetCellsAsync([new MapCell("a", 3, 1)]).AsTask());
        await map.InvokeAsync(() => map.Instance.SetCellsAsync([]).AsTask());

        var call = Assert.Single(_handle.Invocations, i => i.Identifier == "setCells");
        Assert.Equal("""[["a",3,1]]""", JsonSerializer.Serialize(Assert.Single(call.Arguments)));
    }

    [Fact]
    public async Task Map_ShapesLoadedAndClicked_TellsThePage()
    {
        var (ready, selected) = (0, "");
        var map = Render<LeafletMap>(parameters => parameters.Add(m => m.Options, Options).Add(m => m.OnReady, () => ready++).Add(m => m.OnSelect, code => selected = code));

        Assert.Equal(0, ready);
        await map.Instance.Loaded();
        await map.Instance.Select("120106");

        Assert.Equal((1, "120106"), (ready, selected));
    }

    [Fact]
    public void Map_WithoutATileServer_HasVectorsOnly()
    {
        Open();

        Assert.Equal(JsonValueKind.Null, Sent().GetProperty("tiles").ValueKind);
        Assert.Contains("重试", Sent().GetProperty("texts").GetProperty("failed").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Map_WithATileServer_PutsItBelow()
    {
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Map:TileUrl", "/tiles/{z}/{x}/{y}.png")]).Build());
        Open();

        Assert.Equal("/tiles/{z}/{x}/{y}.png", Sent().GetProperty("tiles").GetProperty("url").GetString());
    }

    private static MapOptions Options => new(39, 117, 40, 118, [new("/shapes", "fill")]);

    private IRenderedComponent<LeafletMap> Open() => Render<LeafletMap>(parameters => parameters.Add(m => m.Options, Options));

    private JsonElement Sent() => JsonSerializer.SerializeToElement(_module.Invocations.Single(i => i.Identifier == "create").Arguments[1], JsonSerializerOptions.Web);
}
