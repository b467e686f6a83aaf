using HongqiaoDashboard.Kernel;
using Serilog.Events;
using Serilog.Formatting;

namespace HongqiaoDashboard.Platform.Web;

/// <summary>
/// The last net before the log: whatever a message or an exception carries, no phone or identity number gets into a line.
/// </summary>
/// <param name="inner">Writes the line.</param>
internal sealed class MaskedLines(ITextFormatter inner) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        inner.Format(logEvent, line);
        output.Write(PersonalNumbers.Mask(line.ToString()));
    }
}
