namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>The working copy that the tests were built from: for files that are checked as they are written.</summary>
public static class Repository
{
    /// <summary>Absolute path of its root.</summary>
    public static string Root { get; } = Find();

    /// <summary>Absolute path of something in it.</summary>
    /// <param name="parts">Names below <see cref="Root"/>.</param>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Files of the program and its tests, build output left out.</summary>
    /// <param name="pattern">For example <c>*.cs</c>.</param>
    public static IEnumerable<string> Sources(string pattern) =>
        new[] { "HongqiaoDashboard", "HongqiaoDashboard.Tests" }
            .SelectMany(folder => Directory.EnumerateFiles(File(folder), pattern, SearchOption.AllDirectories))
            .Where(path => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "HongqiaoDashboard.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not lie below the working copy's root.");
    }
}
