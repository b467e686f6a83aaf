using System.Diagnostics;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>Signals to processes that a test started.</summary>
internal static class Signals
{
    /// <summary>Sends a signal by the shell's own <c>kill</c>, which is there without any package.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="name">For example <c>TERM</c>.</param>
    public static void Send(int processId, string name)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{name} {processId}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
