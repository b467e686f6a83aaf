using System.Globalization;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Ui.Reference;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Calendar.Pages.Admin;

/// <summary>The calendar by the year. What is changed is a draft of this page until it is published as the next version.</summary>
public sealed partial class CalendarPage
{
    private const int FirstYear = 2018;

    private IReadOnlyList<VersionRow> _history = [];
    private CalendarDocument _draft = default!;
    private WorkingCalendar _shown = default!;
    private (int Version, CalendarDocument Document)? _viewed;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private DateOnly? _chosen;
    private string _name = "";
    private string? _problem;
    private int _base;
    private int _year;
    private int? _published;
    private bool _overtaken;
    private bool _isBusy;

    [Inject]
    private IGridDirectory Grids { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private WorkingCalendar Shown => _shown;

    private int[] Years { get; set; } = [];

    private IReadOnlyList<string> Changes { get; set; } = [];

    private IReadOnlyList<string> Faults { get; set; } = [];

    /// <inheritdoc/>
    public void Dispose() => Book.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _zone = Grids.Current.TimeZone;
        _year = _zone.DayOf(Time.GetUtcNow()).Year;
        Book.Changed += OnChanged;
        Begin();
    }

    // Somebody else published. A page without changes follows; one with changes keeps them and says so.
    private void OnChanged() => _ = InvokeAsync(() =>
    {
        if (_isBusy)
        {
            return;
        }

        if (Changes.Count == 0)
        {
            Begin();
        }
        else
        {
            _overtaken = Book.InForce.Version != _base;
        }

        StateHasChanged();
    });

    private void Begin()
    {
        (_base, _draft) = Book.InForce;
        (_problem, _overtaken, _viewed) = (null, false, null);
        _history = [.. Book.History().Select(entry => new VersionRow(entry.Version, entry.At, entry.ActorName, entry.Note, entry.ActorName == Actor.System.Name))];
        Edit(_draft);
    }

    private void Edit(CalendarDocument draft)
    {
        _draft = draft;
        var before = Book.Find(_base)!;
        Changes = Words.Changes(before, draft);
        Faults = [.. CalendarFaults.Of(draft).Select(Words.Sentence)];
        _published = Changes.Count > 0 ? null : _published;
        Show(draft);
    }

    private void Show(CalendarDocument document)
    {
        // A draft with faults is shown too; of a day that stands twice the first counts.
        _shown = new WorkingCalendar("", document);
        var known = document.Years.Select(year => year.Year).Append(FirstYear).Append(_zone.DayOf(Time.GetUtcNow()).Year).ToList();
        Years = [.. Enumerable.Range(known.Min(), known.Max() + 2 - known.Min())];
        _year = Math.Clamp(_year, Years[0], Years[^1]);
    }

    private void Turn(int year) => (_year, _chosen) = (year, null);

    private void Choose(DateOnly day) => (_chosen, _name) = (day, _draft.Day(day)?.Name ?? "");

    private void Set(DateOnly day, DayKind kind, string? name)
    {
        _name = name ?? "";
        Edit(_draft.With(day, kind, _name));
    }

    private void SetPeriod(int index, object? from = null, object? to = null)
    {
        var period = _draft.Hours[index];
        var changed = new WorkingPeriod(Read(from) ?? period.From, Read(to) ?? period.To);
        Edit(_draft with { Hours = [.. _draft.Hours.Select((old, i) => i == index ? changed : old)] });

        static TimeOnly? Read(object? value) =>
            value is string text && TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? new TimeOnly(time.Hour, time.Minute) : null;
    }

    private void AddPeriod() =>
        Edit(_draft with { Hours = [.. _draft.Hours, new WorkingPeriod(_draft.Hours[^1].To, _draft.Hours[^1].To.AddHours(1))] });

    private void RemovePeriod(int index) => Edit(_draft with { Hours = [.. _draft.Hours.Where((_, i) => i != index)] });

    private void Take(IReadOnlyList<CalendarYear> years)
    {
        Edit(years.Aggregate(_draft, (draft, year) => draft.With(year)));
        _year = years[0].Year;
        _chosen = null;
    }

    private void View(int version)
    {
        if (version == _base)
        {
            BackToDraft();
        }
        else if (Book.Find(version) is { } document)
        {
            (_viewed, _chosen) = ((version, document), null);
            Show(document);
        }
    }

    private void BackToDraft()
    {
        _viewed = null;
        Show(_draft);
    }

    private async Task PublishAsync(string note)
    {
        if (_isBusy || Faults.Count > 0)
        {
            return;
        }

        (_isBusy, _problem) = (true, null);
        try
        {
            var user = (await Authentication).User;
            if (!(await Authorization.AuthorizeAsync(user, Policies.Administer)).Succeeded || Actor.From(user) is not { } actor)
            {
                _problem = Text["NotAuthorized"];
                return;
            }

            _published = await Book.PublishAsync(_draft, _base, note, actor);
            Begin();
        }
        catch (RefusedException refused)
        {
            _problem = Words.Sentence(refused.Refusal);
            _overtaken = refused.Refusal.Code == "ChangedMeanwhile";
        }
        catch (StorageUnavailableException)
        {
            _problem = Text["StorageUnavailable"];
        }
        finally
        {
            _isBusy = false;
        }
    }
}
