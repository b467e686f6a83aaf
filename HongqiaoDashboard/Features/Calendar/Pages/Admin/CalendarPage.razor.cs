using System.Globalization;
using HongqiaoDashboard.Features.Calendar.Components;
using HongqiaoDashboard.Features.Calendar.Data;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HongqiaoDashboard.Features.Calendar.Pages.Admin;

/// <summary>The calendar by the year. What is changed is a draft of this page until it is published as the next version.</summary>
public sealed partial class CalendarPage
{
    private const int FirstYear = 2018;

    private CalendarDraft _draft = default!;
    private WorkingCalendar _sheet = default!;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private DateOnly? _chosen;
    private string _name = "";
    private int _year;

    [Inject]
    private CalendarBook Book { get; set; } = default!;

    [Inject]
    private IGridDirectory Grids { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private int[] Years { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _zone = Grids.Current.TimeZone;
        _year = _zone.DayOf(Time.GetUtcNow()).Year;
        _draft = new CalendarDraft(Book, Words);
        _draft.Turned += Show;
        _draft.Begin();
        await FollowAsync((changed, _) => Task.FromResult(_draft.Follow(changed)), CatchUpAsync);
        // What was published between the two.
        _draft.CatchUp();
    }

    private Task CatchUpAsync()
    {
        _draft.CatchUp();
        StateHasChanged();
        return Task.CompletedTask;
    }

    private void Show()
    {
        // A draft with faults is shown too; of a day that stands twice the first counts.
        _sheet = new WorkingCalendar("", _draft.Shown);
        var known = _draft.Shown.Years.Select(year => year.Year).Append(FirstYear).Append(_zone.DayOf(Time.GetUtcNow()).Year).ToList();
        Years = [.. Enumerable.Range(known.Min(), known.Max() + 2 - known.Min())];
        _year = Math.Clamp(_year, Years[0], Years[^1]);
    }

    private void Turn(int year) => (_year, _chosen) = (year, null);

    private void Choose(DateOnly day) => (_chosen, _name) = (day, _draft.Value.Day(day)?.Name ?? "");

    private void Set(DateOnly day, DayKind kind, string? name)
    {
        _name = name ?? "";
        _draft.Edit(_draft.Value.With(day, kind, _name));
    }

    private void SetPeriod(int index, object? from = null, object? to = null)
    {
        var period = _draft.Value.Hours[index];
        var changed = new WorkingPeriod(Read(from) ?? period.From, Read(to) ?? period.To);
        _draft.Edit(_draft.Value with { Hours = [.. _draft.Value.Hours.Select((old, i) => i == index ? changed : old)] });

        static TimeOnly? Read(object? value) =>
            value is string text && TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? new TimeOnly(time.Hour, time.Minute) : null;
    }

    private void AddPeriod() =>
        _draft.Edit(_draft.Value with { Hours = [.. _draft.Value.Hours, new WorkingPeriod(_draft.Value.Hours[^1].To, _draft.Value.Hours[^1].To.AddHours(1))] });

    private void RemovePeriod(int index) => _draft.Edit(_draft.Value with { Hours = [.. _draft.Value.Hours.Where((_, i) => i != index)] });

    private void Take(IReadOnlyList<CalendarYear> years)
    {
        _draft.Edit(years.Aggregate(_draft.Value, (draft, year) => draft.With(year)));
        _year = years[0].Year;
        _chosen = null;
    }

    // Days are chosen to be changed, which another version is not.
    private void View(int version)
    {
        _chosen = version == _draft.Base ? _chosen : null;
        _draft.View(version);
    }

    private Task PublishAsync(string note) => _draft.PublishAsync(note, async () => await Authorization.ActorAsync((await Authentication).User, Policies.Administer));
}
