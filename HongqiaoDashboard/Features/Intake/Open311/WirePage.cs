using System.Globalization;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Which part of a list a caller asks for.</summary>
/// <param name="Number">Page, from 1.</param>
/// <param name="Size">Rows on a page.</param>
internal readonly record struct WirePage(int Number, int Size)
{
    /// <summary>Most rows in one answer, and as many as there are without <c>page_size</c>.</summary>
    public const int MostRows = 1000;

    /// <summary>Last page that may be asked for.</summary>
    public const int LastPage = 1_000_000;

    /// <summary>Everything, up to <see cref="MostRows"/>.</summary>
    public static WirePage First { get; } = new(1, MostRows);

    /// <summary>Rows before it.</summary>
    public int Skip => (Number - 1) * Size;

    /// <summary>Reads <c>page</c> and <c>page_size</c>.</summary>
    /// <param name="query">The query.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static WirePage Read(QueryParameters query, List<Open311Fault> faults) =>
        new(Whole(query, "page", 1, LastPage, faults), Whole(query, "page_size", MostRows, MostRows, faults));

    private static int Whole(QueryParameters query, string name, int otherwise, int most, List<Open311Fault> faults)
    {
        if (query[name] is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        faults.Add(Open311Fault.BadCall("WholeNumberWrong", name, most));
        return otherwise;
    }
}
