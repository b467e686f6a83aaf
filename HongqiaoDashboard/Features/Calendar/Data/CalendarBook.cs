using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Reference;

namespace HongqiaoDashboard.Features.Calendar.Data;

/// <summary>All editions of the calendar; the first is the table that ships with the program.</summary>
internal sealed class CalendarBook(IReadDoor door, IWriteLane lane) : VersionedBook<CalendarDocument>(KindName, door, lane), ICalendarBook
{
    private const string KindName = "calendar";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly ConcurrentDictionary<int, WorkingCalendar> _clocks = new();

    public IPromiseClock Current => InForce is var (version, document) ? Clock(version, document) : null!;

    public IPromiseClock? Find(string edition) =>
        edition.StartsWith(KindName + "@", StringComparison.Ordinal)
        && int.TryParse(edition.AsSpan(KindName.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        && Find(version) is { } document
            ? Clock(version, document)
            : null;

    protected override void Judge(CalendarDocument value, CalendarDocument before)
    {
        if (CalendarFaults.Of(value).Count() is > 0 and var faults)
        {
            throw new RefusedException("CalendarFaulty", faults);
        }
    }

    protected override CalendarDocument Shipped() =>
        new(CalendarDocument.UsualHours, HolidayTable.Read(File.ReadLines(ReferenceData.File("reference", "holidays-cn.csv"))));

    protected override CalendarDocument Parse(string content, int version) => JsonSerializer.Deserialize<CalendarDocument>(content, Format)!;

    protected override string Write(CalendarDocument value) => JsonSerializer.Serialize(value, Format);

    private WorkingCalendar Clock(int version, CalendarDocument document) =>
        _clocks.GetOrAdd(version, v => new WorkingCalendar($"{KindName}@{v.ToString(CultureInfo.InvariantCulture)}", document));
}
