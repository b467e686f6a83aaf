using HongqiaoDashboard.Platform.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Ui.Photos;

/// <summary>
/// Chooses photographs and uploads them at once, beside the circuit; what has arrived is told back here.
/// </summary>
public sealed partial class PhotoPicker
{
    private ElementReference _element;
    private JsPart? _uploads;
    private DotNetObjectReference<PhotoPicker>? _self;

    /// <summary>Where they go. Another address wants another picker.</summary>
    [Parameter, EditorRequired]
    public PhotoUpload Upload { get; set; } = default!;

    /// <summary>Address of the thumbnail of one that has arrived.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> Thumbnail { get; set; } = hash => hash;

    /// <summary>What has been chosen; the form that the photographs belong to holds it.</summary>
    [Parameter, EditorRequired]
    public PhotoChoice Photos { get; set; } = new();

    /// <summary>What else there is to say of how many are wanted.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Raised when something was chosen, arrived, failed or was removed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>A file was chosen and its upload waits for its turn.</summary>
    /// <param name="id">By which the browser speaks of it.</param>
    /// <param name="name">Its name on the sender's device; shown to them and kept nowhere.</param>
    /// <returns>Whether it is taken: there may be enough.</returns>
    [JSInvokable]
    public async Task<bool> Began(int id, string name)
    {
        if (Photos.Items.Count >= Upload.Most)
        {
            return false;
        }

        Photos.Items.Add(new PhotoChoice.Item(id, name));
        await ChangedAsync();
        return true;
    }

    /// <summary>Some of a file has been sent.</summary>
    /// <param name="id">Which.</param>
    /// <param name="percent">How much of it.</param>
    [JSInvokable]
    public Task Sent(int id, int percent) => WithAsync(id, item => item.Percent = percent);

    /// <summary>A photograph has arrived and is kept.</summary>
    /// <param name="id">Which.</param>
    /// <param name="hash">By which it is named.</param>
    [JSInvokable]
    public Task Arrived(int id, string hash) => WithAsync(id, item =>
    {
        if (Photos.Items.Any(other => other.Hash == hash))
        {
            // The same photograph once more.
            Photos.Items.Remove(item);
            return;
        }

        item.Hash = hash;
    });

    /// <summary>A file was refused or its upload broke off.</summary>
    /// <param name="id">Which.</param>
    /// <param name="sentence">What the server says; null when it was not heard.</param>
    [JSInvokable]
    public Task Failed(int id, string? sentence) => WithAsync(id, item => item.Fault = sentence ?? Text["Photos.Failed"]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_uploads is not null)
        {
            await _uploads.DisposeAsync();
        }

        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        _uploads = new JsPart(Js, "./Ui/Photos/PhotoPicker.razor.js");
        await _uploads.CreateAsync("create", _element, _self, new
        {
            address = Upload.Address,
            token = Upload.Token,
            maxBytes = Upload.Megabytes * 1024L * 1024,
            tooBig = Upload.TooBig,
        });
    }

    private async Task RemoveAsync(PhotoChoice.Item item)
    {
        Photos.Items.Remove(item);
        if (_uploads is not null && item.Hash is null && item.Fault is null)
        {
            await _uploads.TryInvokeAsync("abort", item.Id);
        }

        await ChangedAsync();
    }

    private Task WithAsync(int id, Action<PhotoChoice.Item> change)
    {
        if (Photos.Items.Find(item => item.Id == id) is not { } item)
        {
            return Task.CompletedTask;
        }

        change(item);
        return ChangedAsync();
    }

    private async Task ChangedAsync()
    {
        await InvokeAsync(StateHasChanged);
        await InvokeAsync(OnChanged.InvokeAsync);
    }
}
