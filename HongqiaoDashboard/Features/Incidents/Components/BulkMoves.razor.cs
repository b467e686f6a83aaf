using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Incidents.Components;

/// <summary>What became of a case in a move of many.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">The move.</param>
/// <param name="Refused">Why it was not moved, as a sentence; null when it was.</param>
public sealed record BulkOutcome(string Number, Kind Kind, string? Refused);

/// <summary>
/// The same move for many cases, each in a transaction of its own and by the version that was seen: one that somebody moved
/// meanwhile is refused and told, and the others go on.
/// </summary>
public sealed partial class BulkMoves
{
    /// <summary>Most cases at once: what fits on a page, so that each was at least looked at.</summary>
    public const int Most = IncidentQuery.LongestPage;

    /// <summary>
    /// What is the same for every case: taking it on as it was reported, sending it to a department, a remark, and putting it
    /// with its duplicates. Not rejecting, suspending, extending or reopening, which need a reason of the case's own; not a
    /// result, which somebody must have brought about; not verifying and closing, which say that somebody has looked; and not
    /// checking in or handling, which happen in one place at a time.
    /// </summary>
    private static readonly Kind[] Kinds = [Kind.Accepted, Kind.Dispatched, Kind.Merged, Kind.Noted];

    private Kind? _kind;
    private string? _department;
    private string? _main;
    private string? _text;
    private string? _fault;
    private bool _busy;
    private bool _stop;
    private int _done;

    /// <summary>The cases as they were seen.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<IncidentListItem> Chosen { get; set; } = [];

    /// <summary>Raised at the end with what became of each.</summary>
    [Parameter, EditorRequired]
    public EventCallback<IReadOnlyList<BulkOutcome>> OnDone { get; set; }

    /// <summary>Raised when nothing shall be chosen any more.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClear { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private IReadOnlyList<IncidentListItem> Moved => _kind == Kind.Merged ? [.. Chosen.Where(item => item.Number != _main)] : Chosen;

    private void Open(Kind? kind)
    {
        (_kind, _fault, _done) = (kind, null, 0);
        // The first report is the one that the others repeat.
        _main = kind == Kind.Merged ? Chosen.MinBy(item => (item.ReportedAt, item.Number))?.Number : null;
    }

    private void Stop() => _stop = true;

    private async Task SubmitAsync()
    {
        if (_busy || _kind is not { } kind)
        {
            return;
        }

        (_busy, _stop, _done) = (true, false, 0);
        _fault = Missing(kind);
        try
        {
            var user = (await Authentication).User;
            if (_fault is null && (!(await Authorization.AuthorizeAsync(user, Policies.WorkCases)).Succeeded || Actor.From(user) is null))
            {
                _fault = Text["NotAuthorized"];
            }

            if (_fault is null)
            {
                var outcomes = await MoveAsync(kind, Actor.From(user)!);
                _kind = null;
                await OnDone.InvokeAsync(outcomes);
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<List<BulkOutcome>> MoveAsync(Kind kind, Actor actor)
    {
        var move = new IncidentMove(kind) { Text = _text, Department = kind == Kind.Dispatched ? _department : null, MergeInto = kind == Kind.Merged ? _main : null };
        var outcomes = new List<BulkOutcome>();
        // A copy: the page may read its list again while this goes on.
        foreach (var item in Moved.Take(Most).ToList())
        {
            var refused = _stop ? Text["BulkStopped"].Value : await TryAsync(item, move, actor);
            outcomes.Add(new BulkOutcome(item.Number, kind, refused));
            _done++;
            StateHasChanged();
        }

        return outcomes;
    }

    private async Task<string?> TryAsync(IncidentListItem item, IncidentMove move, Actor actor)
    {
        try
        {
            await Desk.MoveAsync(item.Number, item.Version, move, actor);
            return null;
        }
        catch (RefusedException refused)
        {
            return Words.Sentence(refused.Refusal);
        }
        catch (StorageUnavailableException)
        {
            return Text["StorageUnavailable"];
        }
    }

    private string? Missing(Kind kind) => kind switch
    {
        Kind.Dispatched when string.IsNullOrEmpty(_department) => Text["DepartmentMissing"].Value,
        Kind.Merged when string.IsNullOrEmpty(_main) => Text["MergeTargetMissing"].Value,
        Kind.Noted when string.IsNullOrWhiteSpace(_text) => Text["ReasonMissing"].Value,
        _ => null,
    };
}
