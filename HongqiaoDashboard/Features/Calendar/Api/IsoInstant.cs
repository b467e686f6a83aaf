using System.Globalization;
using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Features.Calendar.Api;

/// <summary>Reads instants as addresses carry them: ISO 8601 with an offset, which nobody may leave out.</summary>
internal static partial class IsoInstant
{
    /// <summary>Reads an instant. The plus sign of an offset may have arrived as the space that an address takes it for.</summary>
    /// <param name="text">For example <c>2026-02-14T17:30:00+08:00</c>; seconds and their fraction may be missing.</param>
    /// <param name="instant">The instant in whole milliseconds, when it is one.</param>
    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (Form().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var offset = match.Groups["zulu"].Success ? "+00:00" : $"{(match.Groups["sign"].Value == "-" ? '-' : '+')}{match.Groups["hours"].Value}:{match.Groups["minutes"].Value}";
        var seconds = match.Groups["seconds"].Success ? match.Groups["seconds"].Value : "00";
        var fraction = (match.Groups["fraction"].Value + "000")[..3];
        return DateTimeOffset.TryParseExact(
            $"{match.Groups["date"].Value}T{match.Groups["time"].Value}:{seconds}.{fraction}{offset}", "yyyy-MM-dd'T'HH:mm:ss.fffzzz",
            CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }

    [GeneratedRegex(@"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<time>[0-9]{2}:[0-9]{2})(:(?<seconds>[0-9]{2})([.,](?<fraction>[0-9]{1,9}))?)?((?<zulu>[Zz])|(?<sign>[+\- ])(?<hours>[0-9]{2}):?(?<minutes>[0-9]{2}))\z")]
    private static partial Regex Form();
}
