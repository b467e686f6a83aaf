namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>Addresses of the case pages, for whoever links to them.</summary>
public static class CaseAddress
{
    /// <summary>The list of cases.</summary>
    public const string List = "/incidents";

    /// <summary>The page of a case.</summary>
    /// <param name="number">Its number.</param>
    public static string Of(string number) => $"{List}/{Uri.EscapeDataString(number)}";

    /// <summary>Where photographs of a case are uploaded.</summary>
    /// <param name="number">The case's number.</param>
    public static string Photos(string number) => $"{Of(number)}/photos";

    /// <summary>A photograph of a case.</summary>
    /// <param name="number">The case's number.</param>
    /// <param name="hash">The photograph.</param>
    public static string Photo(string number, string hash) => $"{Photos(number)}/{hash}";

    /// <summary>The thumbnail of a photograph of a case.</summary>
    /// <param name="number">The case's number.</param>
    /// <param name="hash">The photograph.</param>
    public static string Thumbnail(string number, string hash) => $"{Photo(number, hash)}/thumb";

    /// <summary>The cases behind a figure.</summary>
    /// <param name="kpi">Key of the figure.</param>
    /// <param name="period">Name of its period.</param>
    /// <param name="gridCode">Only in this grid; null for all.</param>
    public static string Behind(string kpi, string period, string? gridCode = null) =>
        $"{List}?kpi={Uri.EscapeDataString(kpi)}&period={Uri.EscapeDataString(period)}{(gridCode is null ? "" : $"&grid={Uri.EscapeDataString(gridCode)}")}";
}
