using System.Globalization;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Calendar.Domain;

/// <summary>A fault of a table.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record TableFault(int Line, Refusal Reason);

/// <summary>
/// Reads <c>date,kind,name</c> rows, kind <c>off</c> or <c>work</c>. A table is taken as a whole or not at all: half a schedule
/// would be wrong without anybody seeing it.
/// </summary>
/// <param name="Years">Its years, none when it has a fault. A year of which it has a row counts as published.</param>
/// <param name="Faults">All that is wrong with it.</param>
internal sealed record HolidayTable(IReadOnlyList<CalendarYear> Years, IReadOnlyList<TableFault> Faults)
{
    /// <summary>The first line.</summary>
    public const string Header = "date,kind,name";

    /// <summary>The years of the table that ships with the program.</summary>
    /// <param name="lines">Its lines, header first.</param>
    /// <exception cref="FormatException">It has a fault.</exception>
    public static IReadOnlyList<CalendarYear> Read(IEnumerable<string> lines) =>
        Examine(string.Join('\n', lines)) is { Faults: [] } table ? table.Years : throw new FormatException("The table of holidays has faults.");

    /// <summary>Examines a table.</summary>
    /// <param name="text">All of it.</param>
    public static HolidayTable Examine(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var faults = new List<TableFault>();
        var days = new Dictionary<DateOnly, SpecialDay>();
        if (string.Concat(lines[0].Where(c => c is not (' ' or '"'))) != Header)
        {
            faults.Add(new TableFault(1, new("TableHeader", Header)));
        }

        foreach (var (line, number) in lines.Select((line, index) => (line, index + 1)).Skip(1).Where(row => row.line.Trim(' ', ',').Length > 0))
        {
            if (Row(line, days) is { } fault)
            {
                faults.Add(new TableFault(number, fault));
            }
        }

        if (days.Count == 0 && faults.Count == 0)
        {
            faults.Add(new TableFault(1, new("TableEmpty")));
        }

        return new HolidayTable(
            faults.Count > 0 ? [] : [.. days.Values.GroupBy(day => day.Date.Year).OrderBy(year => year.Key).Select(year => new CalendarYear(year.Key, [.. year.OrderBy(day => day.Date)]))],
            faults);
    }

    private static Refusal? Row(string line, Dictionary<DateOnly, SpecialDay> days)
    {
        var cells = line.Split(',').Select(cell => cell.Trim().Trim('"').Trim()).ToArray();
        if (cells.Length is < 2 or > 3)
        {
            return new("TableCells", cells.Length);
        }

        if (!DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return new("TableDate", cells[0]);
        }

        if (cells[1] is not ("off" or "work"))
        {
            return new("TableKind", cells[1]);
        }

        var day = new SpecialDay(date, cells[1] == "work", cells is [_, _, var name] ? name : "");
        return CalendarFaults.Of(day) ?? (days.TryAdd(date, day) ? null : new("DayTwice", cells[0]));
    }
}
