using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HongqiaoDashboard.Bench;

/// <summary>
/// The processor time that a process has used, all its threads together. Linux keeps a clock for each process, exact to the
/// nanosecond; the figures in /proc/PID/stat come from it, but in steps of ten milliseconds, which are too coarse for what
/// twenty clients cost.
/// </summary>
internal static class ProcessClock
{
    /// <summary>Reads the clock.</summary>
    /// <param name="process">A process of the same account.</param>
    public static TimeSpan Read(Process process)
    {
        if (OperatingSystem.IsLinux() && ClockGetTime(ClockOf(process.Id), out var time) == 0)
        {
            return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1_000.0);
        }

        process.Refresh();
        return process.TotalProcessorTime;
    }

    // How the kernel numbers the clock of another process: its id inverted, and the kind of the clock in the last three bits.
    private static int ClockOf(int processId) => (~processId << 3) | 2;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
