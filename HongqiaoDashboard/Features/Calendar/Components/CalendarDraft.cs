using HongqiaoDashboard.Features.Calendar.Data;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Reference;

namespace HongqiaoDashboard.Features.Calendar.Components;

/// <summary>The next edition of the calendar while it is made.</summary>
internal sealed class CalendarDraft(CalendarBook book, CalendarWords words) : BookDraft<CalendarDocument, CalendarDocument>(book)
{
    protected override CalendarDocument Open(CalendarDocument version) => version;

    protected override IEnumerable<string> ChangesOf(CalendarDocument before, CalendarDocument after) => words.Changes(before, after);

    protected override IEnumerable<string> FaultsOf(CalendarDocument value, CalendarDocument before) => CalendarFaults.Of(value).Select(words.Sentence);

    protected override Task<int> PublishAsync(CalendarDocument value, string note, Actor actor) => book.PublishAsync(value, Base, note, actor);
}
