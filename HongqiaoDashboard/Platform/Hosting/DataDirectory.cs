namespace HongqiaoDashboard.Platform.Hosting;

/// <summary>Where runtime data lives. Relative paths count from where the caller stands; the folder starts empty.</summary>
public sealed class DataDirectory
{
    /// <summary>Configuration key of the folder.</summary>
    public const string ConfigurationKey = "Data:Directory";

    /// <summary>Resolves and makes the folder.</summary>
    /// <param name="configuration">Holds <see cref="ConfigurationKey"/>; without it <c>data/runtime</c> is used.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public DataDirectory(IConfiguration configuration)
    {
        Root = Path.GetFullPath(configuration[ConfigurationKey] is { Length: > 0 } path ? path : Path.Combine("data", "runtime"));
        Directory.CreateDirectory(Root);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>The embedded database's file.</summary>
    public string DatabaseFile => Path.Combine(Root, "hongqiao.db");

    /// <summary>Absolute path of something in the folder.</summary>
    /// <param name="parts">Names below <see cref="Root"/>.</param>
    public string File(params string[] parts) => Path.Combine([Root, .. parts]);
}

/// <summary>Reference data that ships with the program; read-only.</summary>
public static class ReferenceData
{
    /// <summary>Absolute path of the shipped <c>data</c> folder.</summary>
    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Absolute path of a shipped file.</summary>
    /// <param name="parts">Names below <see cref="Root"/>.</param>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);
}
