using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace HongqiaoDashboard.Features.Calendar.Contracts;

/// <summary>How a promised time is counted.</summary>
public enum PromiseUnit
{
    /// <summary>Hours on the continuous clock, nights and holidays included (<c>2h</c>).</summary>
    ClockHours,
    /// <summary>Until the end of the n-th working day after the day of the start (<c>5wd</c>).</summary>
    WorkingDays,
    /// <summary>Hours within working hours (<c>16wh</c>).</summary>
    WorkingHours,
}

/// <summary>A promised time, for example <c>2h</c> or <c>5wd</c>.</summary>
/// <param name="Amount">How many; at least 1.</param>
/// <param name="Unit">Of what.</param>
public readonly record struct Promise(int Amount, PromiseUnit Unit)
{
    /// <summary>Reads the short form.</summary>
    /// <param name="text"><c>2h</c>, <c>5wd</c> or <c>16wh</c>.</param>
    /// <param name="promise">The promise when it is one.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out Promise promise)
    {
        promise = default;
        var unit = text switch
        {
            not null when text.EndsWith("wd", StringComparison.Ordinal) => (PromiseUnit.WorkingDays, 2),
            not null when text.EndsWith("wh", StringComparison.Ordinal) => (PromiseUnit.WorkingHours, 2),
            not null when text.EndsWith('h') => (PromiseUnit.ClockHours, 1),
            _ => (default, 0),
        };
        if (unit.Item2 == 0 || !int.TryParse(text.AsSpan()[..^unit.Item2], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount is < 1 or > 10_000)
        {
            return false;
        }

        promise = new Promise(amount, unit.Item1);
        return true;
    }

    /// <summary>The short form.</summary>
    public override string ToString() => Unit switch
    {
        PromiseUnit.WorkingDays => $"{Amount}wd",
        PromiseUnit.WorkingHours => $"{Amount}wh",
        _ => $"{Amount}h",
    };
}
