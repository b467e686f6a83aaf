using System.Globalization;
using HongqiaoDashboard.Features.Situation.Contracts;

namespace HongqiaoDashboard.Features.Walls.Components;

/// <summary>Figures as a board writes them, in the current culture.</summary>
internal static class FigureText
{
    /// <summary>A count; a dash for none.</summary>
    /// <param name="value">The count.</param>
    public static string Count(double? value) => value is { } count ? count.ToString("N0", CultureInfo.CurrentCulture) : "—";

    /// <summary>A rate in per cent, cut to two digits as it comes; a dash for none.</summary>
    /// <param name="value">The rate.</param>
    public static string Rate(double? value) => value is { } rate ? rate.ToString("N2", CultureInfo.CurrentCulture) : "—";

    /// <summary>A share of a whole for a style sheet, 0 to 100.</summary>
    /// <param name="part">The part.</param>
    /// <param name="whole">The whole.</param>
    public static string Share(double part, double whole) => (whole <= 0 ? 0 : Math.Clamp(part / whole * 100, 0, 100)).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>How a rate differs from the one before: direction, and the difference with an arrow; null when one is missing.</summary>
    /// <param name="now">The rate.</param>
    /// <param name="before">The same span of the period before.</param>
    public static (string Way, string Text)? Trend(SituationKpi? now, SituationKpi? before)
    {
        if (now?.Value is not { } value || before?.Value is not { } old)
        {
            return null;
        }

        // Both are cut to two digits, their difference as a binary fraction is not.
        var difference = Math.Round(value - old, 2);
        var size = Math.Abs(difference).ToString("N2", CultureInfo.CurrentCulture);
        return difference switch { > 0 => ("up", "▲ " + size), < 0 => ("down", "▼ " + size), _ => ("same", size) };
    }
}
