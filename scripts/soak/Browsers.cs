using Microsoft.Playwright;

namespace HongqiaoDashboard.Soak;

/// <summary>Headless browsers.</summary>
internal static class Browsers
{
    /// <summary>Starts one.</summary>
    /// <param name="playwright">The driver.</param>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--enable-precise-memory-info"],
    });
}
