using System.Globalization;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Web;
using HongqiaoDashboard.Ui.Photos;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Incidents.Components;

/// <summary>
/// The moves that a case allows now, each with what it needs. A form belongs to the version of the case on which it was
/// opened: if somebody else moves the case, it says so and waits until that has been seen. What was typed stays.
/// </summary>
public sealed partial class CaseMoves
{
    private const string LocalFormat = "yyyy-MM-ddTHH:mm";

    private IReadOnlyList<Kind> _legal = [];
    private Draft? _draft;
    private string? _fault;
    private string? _saved;
    private bool _busy;

    /// <summary>The case as it was read last.</summary>
    [Parameter, EditorRequired]
    public Incident Case { get; set; } = default!;

    /// <summary>Its newest log entry.</summary>
    [Parameter, EditorRequired]
    public IncidentEvent? Latest { get; set; }

    /// <summary>Raised when the case should be read again.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private bool IsStale => _draft is { } draft && draft.Version != Case.Version;

    private bool IsLegal => _draft is { } draft && _legal.Contains(draft.Kind);

    private PhotoUpload Upload => new(CaseAddress.Photos(Case.Number), AntiforgeryToken.Address, Receiving.Limits.MaxPerMove, Receiving.Limits.MaxMegabytes, Receiving.TooBig);

    private int PhotosNeeded => _draft?.Kind == Kind.Resolved ? Catalog.Type(Case.Type)?.PhotosToResolve ?? 0 : 0;

    private string Conflict => Latest is { } entry
        ? Text["Conflict", entry.ActorId == Actor.System.Id ? Text["SystemActor"] : entry.ActorName, Words.When(entry.At), Words.Done(entry.Kind), Words.State(Case.State)]
        : Text["MovedMeanwhile", Case.Number, Words.State(Case.State), Words.When(Case.UpdatedAt)];

    /// <inheritdoc/>
    protected override void OnParametersSet() => _legal = Desk.LegalMoves(Case);

    private static string TextLabel(Kind kind) => kind switch
    {
        Kind.Rejected or Kind.Reworked or Kind.Suspended or Kind.Extended or Kind.Reopened => "Field.Reason",
        Kind.Resolved => "Field.Result",
        Kind.Noted => "Field.Note",
        _ => "Field.Remark",
    };

    // Another move keeps what was typed for the first.
    private void Open(Kind kind)
    {
        _fault = _saved = null;
        _draft ??= new Draft
        {
            Version = Case.Version,
            Department = Catalog.Department(Case.Department ?? Catalog.Type(Case.Type)?.Department ?? "") is { Ended: false } usual ? usual.Code : null,
            Type = Case.Type,
            Severity = Case.Severity,
        };
        _draft.Kind = kind;
        _draft.Until ??= kind switch
        {
            Kind.Extended => Local((Case.ResolvedAt is null ? Case.ResolveBy : Case.CloseBy).AddDays(1)),
            Kind.Suspended => Local(Time.GetUtcNow().AddDays(1)),
            _ => null,
        };
    }

    private void Cancel()
    {
        _draft = null;
        _fault = null;
    }

    private void Continue()
    {
        _draft!.Version = Case.Version;
        _fault = null;
    }

    // A type brings its own severity; whoever judges otherwise chooses after it.
    private void Retype(string? code)
    {
        _draft!.Type = code ?? Case.Type;
        _draft.Severity = _draft.Type == Case.Type ? Case.Severity : Catalog.Type(_draft.Type)?.Severity ?? Case.Severity;
    }

    private async Task SubmitAsync()
    {
        if (_busy || _draft is not { Photos.Busy: false } draft)
        {
            return;
        }

        (_busy, _fault) = (true, null);
        try
        {
            var user = (await Authentication).User;
            if (!(await Authorization.AuthorizeAsync(user, Policies.WorkCases)).Succeeded || Actor.From(user) is not { } actor)
            {
                _fault = Text["NotAuthorized"];
            }
            else if (TryMove(draft, out var move))
            {
                await Desk.MoveAsync(Case.Number, draft.Version, move, actor);
                (_saved, _draft) = (Text["Saved", Words.Done(draft.Kind)], null);
                await OnChanged.InvokeAsync();
            }
        }
        catch (RefusedException refused) when (refused.Refusal.Code == "MovedMeanwhile")
        {
            // Read again: the form then sees that it is stale and says by whom.
            await OnChanged.InvokeAsync();
            _fault = IsStale ? null : Words.Sentence(refused.Refusal);
        }
        catch (RefusedException refused)
        {
            _fault = Words.Sentence(refused.Refusal);
        }
        catch (StorageUnavailableException)
        {
            _fault = Text["StorageUnavailable"];
        }
        finally
        {
            _busy = false;
        }
    }

    private bool TryMove(Draft draft, out IncidentMove move)
    {
        move = new IncidentMove(draft.Kind) { Text = draft.Text, Photos = draft.Photos.Hashes };
        switch (draft.Kind)
        {
            case Kind.Dispatched:
                move = move with { Department = draft.Department };
                return true;
            case Kind.Accepted:
                move = move with { Type = draft.Type == Case.Type ? null : draft.Type, Severity = draft.Severity };
                return true;
            case Kind.Merged:
                move = move with { MergeInto = draft.MergeInto };
                return true;
            case Kind.Suspended or Kind.Extended:
                if (string.IsNullOrWhiteSpace(draft.Until))
                {
                    return true;
                }

                if (Instant(draft.Until) is not { } until)
                {
                    _fault = Text["UntilUnreadable"];
                    return false;
                }

                move = move with { Until = until, ApprovedBy = draft.ApprovedBy };
                return true;
            default:
                return true;
        }
    }

    private string Local(DateTimeOffset instant) => Words.Zone.At(instant).ToString(LocalFormat, CultureInfo.InvariantCulture);

    private DateTimeOffset? Instant(string local) =>
        DateTime.TryParse(local, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var time) && time.Year is >= 1900 and < 2200 && !Words.Zone.IsInvalidTime(time)
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), Words.Zone.GetUtcOffset(time)).ToUniversalTime()
            : null;

    private sealed class Draft
    {
        public Kind Kind { get; set; }
        public int Version { get; set; }
        public string? Text { get; set; }
        public string? Department { get; set; }
        public string? MergeInto { get; set; }
        public string? Until { get; set; }
        public string? ApprovedBy { get; set; }
        public PhotoChoice Photos { get; } = new();
        public string Type { get; set; } = "";
        public IncidentSeverity Severity { get; set; }
    }
}
