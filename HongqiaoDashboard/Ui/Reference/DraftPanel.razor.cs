using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Ui.Reference;

/// <summary>
/// What a draft changes, what is wrong with it, and the way to publish it with a note; while another version is looked at, what
/// differs in it. Whoever leaves with changes is asked.
/// </summary>
public sealed partial class DraftPanel
{
    private string _note = "";

    /// <summary>What it changes, each in words.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Changes { get; set; } = [];

    /// <summary>What keeps it from being published, each in words.</summary>
    [Parameter]
    public IReadOnlyList<string> Faults { get; set; } = [];

    /// <summary>Why publishing failed, or null.</summary>
    [Parameter]
    public string? Problem { get; set; }

    /// <summary>The version that it was begun from; it will be the next.</summary>
    [Parameter, EditorRequired]
    public int Base { get; set; }

    /// <summary>The version that is looked at in place of the draft, or null.</summary>
    [Parameter]
    public int? Viewed { get; set; }

    /// <summary>What changed between that version and <see cref="Base"/>, from the older to the newer, each in words.</summary>
    [Parameter]
    public IReadOnlyList<string> ViewedChanges { get; set; } = [];

    /// <summary>Whether something is under way.</summary>
    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>Raised with the note.</summary>
    [Parameter]
    public EventCallback<string> OnPublish { get; set; }

    /// <summary>Raised when the draft shall be thrown away.</summary>
    [Parameter]
    public EventCallback OnDiscard { get; set; }

    // What was typed stays when publishing fails, and a next draft begins without it.
    private async Task PublishAsync()
    {
        await OnPublish.InvokeAsync(_note);
        _note = Changes.Count == 0 ? "" : _note;
    }

    private async Task DiscardAsync()
    {
        if (await JS.InvokeAsync<bool>("confirm", Text["DiscardConfirm"].Value))
        {
            _note = "";
            await OnDiscard.InvokeAsync();
        }
    }

    private async Task AskAsync(LocationChangingContext context)
    {
        if (Changes.Count > 0 && !await JS.InvokeAsync<bool>("confirm", Text["LeaveConfirm"].Value))
        {
            context.PreventNavigation();
        }
    }
}
