using System.Globalization;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>Why a text is no instant.</summary>
internal enum DateProblem
{
    None,
    /// <summary>It fits no format.</summary>
    NotADate,
    /// <summary>It has no offset, and nobody named a zone.</summary>
    NoZone,
    /// <summary>The clocks of the zone skipped it.</summary>
    Skipped,
    /// <summary>It lies before 1950 or after 2150.</summary>
    OutOfRange,
}

/// <summary>An instant as a file tells it.</summary>
/// <param name="At">The instant.</param>
/// <param name="Later">What it may also be, when the clocks went back and the hour came twice.</param>
internal readonly record struct ReadDate(DateTimeOffset At, DateTimeOffset? Later);

/// <summary>Reads times in the formats of a mapping; those without an offset belong to the mapping's zone.</summary>
internal sealed class DateReading
{
    private const int FirstYear = 1950;
    private const int LastYear = 2150;

    private static readonly string[] Usual =
    [
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm",
    ];

    private static readonly string[] UsualWithOffset = [.. Usual.SelectMany(format => (string[])[format + "K", format + " K"])];

    private readonly string[] _plain;
    private readonly string[] _withOffset;
    private readonly TimeZoneInfo? _zone;

    /// <summary>Prepares a mapping's formats.</summary>
    /// <param name="formats">.NET format strings; none for the usual ones.</param>
    /// <param name="zone">Zone of times without an offset; null when there shall be none.</param>
    public DateReading(IReadOnlyList<string> formats, TimeZoneInfo? zone)
    {
        _zone = zone;
        // A Z at the end of a format is meant as UTC, not as a letter that happens to stand there.
        formats = [.. formats.Select(format => format.Replace("'Z'", "K", StringComparison.Ordinal).Replace('Z', 'K'))];
        _withOffset = formats.Count == 0 ? UsualWithOffset : [.. formats.Where(NamesOffset)];
        _plain = formats.Count == 0 ? Usual : [.. formats.Where(format => !NamesOffset(format))];
    }

    /// <summary>Reads a time.</summary>
    /// <param name="text">Trimmed.</param>
    /// <param name="date">The instant when there is no problem.</param>
    public DateProblem Read(string text, out ReadDate date)
    {
        date = default;
        if (HasOffset(text) && DateTimeOffset.TryParseExact(text, _withOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            date = new ReadDate(instant, null);
            return IsInRange(instant.Year) ? DateProblem.None : DateProblem.OutOfRange;
        }

        if (!DateTime.TryParseExact(text, _plain, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return DateProblem.NotADate;
        }

        if (_zone is null)
        {
            return DateProblem.NoZone;
        }

        if (!IsInRange(local.Year))
        {
            return DateProblem.OutOfRange;
        }

        if (_zone.IsInvalidTime(local))
        {
            return DateProblem.Skipped;
        }

        if (_zone.IsAmbiguousTime(local))
        {
            var offsets = _zone.GetAmbiguousTimeOffsets(local);
            date = new ReadDate(new DateTimeOffset(local, offsets.Max()), new DateTimeOffset(local, offsets.Min()));
            return DateProblem.None;
        }

        date = new ReadDate(new DateTimeOffset(local, _zone.GetUtcOffset(local)), null);
        return DateProblem.None;
    }

    private static bool IsInRange(int year) => year is >= FirstYear and <= LastYear;

    private static bool NamesOffset(string format) => format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal);

    // Z, +08, +0800 or +08:00 at the end, behind a time of day: without one, the parser would take the machine's own zone.
    private static bool HasOffset(string text)
    {
        if (text.EndsWith('Z') || text.EndsWith('z'))
        {
            return true;
        }

        var sign = text.AsSpan().LastIndexOfAny('+', '-');
        return sign > 0 && text.Length - sign is 3 or 5 or 6 && text.AsSpan(0, sign).Contains(':');
    }
}
