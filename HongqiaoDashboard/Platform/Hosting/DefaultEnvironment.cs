namespace HongqiaoDashboard.Platform.Hosting;

/// <summary>
/// The environment when nobody names one: Development for a debug build, which is what <c>dotnet run</c> makes, and
/// Production for a release build. A launch profile would do the same, but <c>dotnet run</c> then prints a line to
/// standard output, which belongs to the results of verbs.
/// </summary>
internal static class DefaultEnvironment
{
    /// <summary>
    /// Argument that keeps the framework from watching the settings' files. Nothing reads them again while the program runs,
    /// and a machine with many programs may have no watches left: the server would not start for want of one.
    /// </summary>
    public const string Unwatched = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>Name of the environment to pass on, or null when the caller's own settings decide.</summary>
    /// <param name="arguments">The program's arguments.</param>
    public static string? For(string[] arguments) =>
        !arguments.Any(a => a.StartsWith("--environment", StringComparison.OrdinalIgnoreCase))
        && Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is null && Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is null
            ? Build
            : null;

#if DEBUG
    private static string? Build => Environments.Development;
#else
    private static string? Build => null;
#endif
}
