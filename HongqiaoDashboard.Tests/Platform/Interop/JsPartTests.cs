using HongqiaoDashboard.Platform.Interop;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Tests.Platform.Interop;

public sealed class JsPartTests
{
    private readonly Browser _browser = new();

    [Fact]
    public async Task Part_LeftWhileItsModuleLoads_MakesNothingAndLetsGoOfTheModule()
    {
        var part = new JsPart(_browser, "./part.js");
        var creating = part.CreateAsync("create", 1);
        await part.DisposeAsync();
        _browser.Module.SetResult(_browser.Loaded);

        Assert.False(await creating);
        Assert.Equal(["module freed"], _browser.Told);
    }

    [Fact]
    public async Task Part_LeftWhileItIsMade_IsDisposedOfAndFreed()
    {
        _browser.Module.SetResult(_browser.Loaded);
        var part = new JsPart(_browser, "./part.js");
        var creating = part.CreateAsync("create", 1);
        await part.DisposeAsync();
        _browser.Made.SetResult(_browser.Part);

        Assert.False(await creating);
        Assert.Equal(["module freed", "create", "dispose", "part freed"], _browser.Told.OrderBy(told => told is "module freed" ? 0 : 1));
    }

    [Fact]
    public async Task Part_WhoseElementWentWhileItWasMade_FailsForNobody()
    {
        _browser.Module.SetResult(_browser.Loaded);
        var part = new JsPart(_browser, "./part.js");
        var creating = part.CreateAsync("create", 1);
        await part.DisposeAsync();
        _browser.Made.SetException(new JSException("element is null"));

        Assert.False(await creating);
    }

    [Fact]
    public async Task Part_ThatCannotBeMade_FailsForThePageThatShowsIt()
    {
        _browser.Module.SetResult(_browser.Loaded);
        var creating = new JsPart(_browser, "./part.js").CreateAsync("create", 1);
        _browser.Made.SetException(new JSException("no canvas"));

        Assert.Equal("no canvas", (await Assert.ThrowsAsync<JSException>(() => creating)).Message);
    }

    [Fact]
    public async Task Part_ThereAndThenLeft_IsCalledOnlyWhileItIsThere()
    {
        _browser.Module.SetResult(_browser.Loaded);
        _browser.Made.SetResult(_browser.Part);
        var part = new JsPart(_browser, "./part.js");

        Assert.False(await part.TryInvokeAsync("set", 0));
        Assert.True(await part.CreateAsync("create", 1));
        Assert.True(await part.TryInvokeAsync("set", 1));
        await part.DisposeAsync();
        Assert.False(await part.TryInvokeAsync("set", 2));
        Assert.Equal(["create", "set", "dispose", "part freed", "module freed"], _browser.Told);
    }

    /// <summary>A browser that answers when it is told to.</summary>
    private sealed class Browser : IJSRuntime
    {
        public Browser() => (Loaded, Part) = (new Reference(this, "module"), new Reference(this, "part"));

        public TaskCompletionSource<IJSObjectReference> Module { get; } = new();

        public TaskCompletionSource<IJSObjectReference> Made { get; } = new();

        public IJSObjectReference Loaded { get; }

        public IJSObjectReference Part { get; }

        public List<string> Told { get; } = [];

        public async ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => (T)await Module.Task;

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);
    }

    private sealed class Reference(Browser browser, string name) : IJSObjectReference
    {
        public async ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
        {
            browser.Told.Add(identifier);
            return identifier == "create" ? (T)await browser.Made.Task : default!;
        }

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

        public ValueTask DisposeAsync()
        {
            browser.Told.Add(name + " freed");
            return ValueTask.CompletedTask;
        }
    }
}
