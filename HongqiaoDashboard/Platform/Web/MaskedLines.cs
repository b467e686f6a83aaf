using System.Text.RegularExpressions;
using HongqiaoDashboard.Kernel;
using Serilog.Events;
using Serilog.Formatting;

namespace HongqiaoDashboard.Platform.Web;

/// <summary>
/// The last net before the log: whatever a message or an exception carries, no phone or identity number gets into a line, and no
/// secret: keys may stand in addresses (<c>access_token</c>, <c>api_key</c>), and whoever turns the framework's own log on gets those.
/// </summary>
/// <param name="inner">Writes the line.</param>
internal sealed partial class MaskedLines(ITextFormatter inner) : ITextFormatter
{
    private const string Hidden = "***";

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        inner.Format(logEvent, line);
        output.Write(PersonalNumbers.Mask(Redact(line.ToString())));
    }

    /// <summary>A text without its secrets.</summary>
    /// <param name="text">A line of the log.</param>
    public static string Redact(string text) => Keys().Replace(Named().Replace(text, "$1" + Hidden), Hidden);

    [GeneratedRegex("""((?:access_token|api_key)=|Bearer\s+|(?:hq\.wall|hq\.pairing|hq\.account)=)[^\s&"'#;,)]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    // Wherever else one of our own keys may stand (Features/Access/Keys).
    [GeneratedRegex("hq_[A-Za-z0-9_-]{43}")]
    private static partial Regex Keys();
}
