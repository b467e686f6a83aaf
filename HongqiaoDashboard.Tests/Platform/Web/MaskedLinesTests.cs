using HongqiaoDashboard.Platform.Web;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace HongqiaoDashboard.Tests.Platform.Web;

public sealed class MaskedLinesTests
{
    [Fact]
    public void Line_WithNumbersInItsMessageOrException_HasThemMasked()
    {
        var lines = new Kept(new MaskedLines(new MessageTemplateTextFormatter("{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Message:lj} {Exception}")));
        using var log = new LoggerConfiguration().WriteTo.Sink(lines).CreateLogger();

        log.Error(new InvalidOperationException("at /incidents?q=13812345678"), "Grid {Code}, called by {Phone}", "120106001008002", "120106199001011234");

        var line = lines.Text;
        Assert.Contains("Grid 120106001008002, called by 1201************34", line, StringComparison.Ordinal);
        Assert.Contains("/incidents?q=138****5678", line, StringComparison.Ordinal);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d Grid", line);
    }

    private sealed class Kept(ITextFormatter formatter) : ILogEventSink
    {
        public string Text { get; private set; } = "";

        public void Emit(LogEvent logEvent)
        {
            using var line = new StringWriter();
            formatter.Format(logEvent, line);
            Text += line;
        }
    }
}
