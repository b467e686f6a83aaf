using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using HongqiaoDashboard.Features.Grids.Data;
using HongqiaoDashboard.Platform.Backup;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Platform.Backup;

/// <summary>A place for archives and data folders of a test, and the means to forge archives.</summary>
internal sealed class BackupFolder : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("hongqiao-backup-");
    private PlatformHost? _host;

    public string Path(params string[] names) => System.IO.Path.Combine([_root.FullName, .. names]);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _root.Delete(recursive: true);
    }

    /// <summary>The files of an archive, the manifest last.</summary>
    public static List<(string Name, byte[] Content)> Read(string archive)
    {
        using var tar = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        var entries = new List<(string, byte[])>();
        while (tar.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            entries.Add((entry.Name, content.ToArray()));
        }

        return entries;
    }

    /// <summary>Writes an archive with a manifest that fits whatever it holds, as a forger would.</summary>
    public string Forge(string name, IEnumerable<(string Name, byte[] Content)> files, Func<BackupHead, BackupHead>? head = null, Action<TarWriter>? extra = null)
    {
        var path = Path(name);
        var manifest = new StringBuilder();
        var first = new BackupHead(BackupManifest.Format, BackupManifest.Version, DateTimeOffset.UnixEpoch, "0.1.0", "x");
        manifest.Append(BackupManifest.Line(head?.Invoke(first) ?? first)).Append('\n');
        using var tar = new TarWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest), TarEntryFormat.Pax);
        var (count, bytes) = (0L, 0L);
        foreach (var (file, content) in files.Where(file => file.Name != BackupManifest.Name))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, file) { DataStream = new MemoryStream(content) });
            manifest.Append(BackupManifest.Line(new BackupEntry(file, content.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))))).Append('\n');
            count++;
            bytes += content.Length;
        }

        extra?.Invoke(tar);
        manifest.Append(BackupManifest.Line(new BackupTotal(count, bytes))).Append('\n');
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(manifest.ToString())) });
        return path;
    }

    /// <summary>A backup of a migrated data folder with an imported edition.</summary>
    /// <param name="name">Name of the archive.</param>
    /// <param name="change">Spoils the data folder's database first.</param>
    public async Task<string> SoundAsync(string name = "sound.tgz", string? change = null)
    {
        if (_host is null)
        {
            _host = new PlatformHost();
            await File.WriteAllTextAsync(System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(_host.DataDirectory, "grids")).FullName, "imported-1.geojson"), "{}", TestContext.Current.CancellationToken);
        }

        if (change is not null)
        {
            using var database = _host.Open();
            database.Query(change);
        }

        var (exit, _, error) = await RunAsync(new BackupVerb(_host.Get<BackupWriter>()), Path(name));
        Assert.True(exit == 0, error);
        return Path(name);
    }

    /// <summary>Backs a data folder of the test up.</summary>
    public Task<(int ExitCode, string Output, string Error)> BackupAsync(string data, params string[] arguments) => RunAsync(
        new BackupVerb(new BackupWriter(Data(data), [new GridEditionBackup()], new ServiceCollection().BuildServiceProvider(), TimeProvider.System)), arguments);

    /// <summary>Restores into a data folder of the test.</summary>
    public Task<(int ExitCode, string Output, string Error)> RestoreAsync(string data, params string[] arguments) =>
        RunAsync(new RestoreVerb(Data(data), [new GridEditionBackup()]), arguments);

    /// <summary>Why a data folder of the test cannot be worked on; null when it can.</summary>
    public string? Hindrance(string data) => RestoreStage.Hindrance(Data(data));

    private DataDirectory Data(string name) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { [DataDirectory.ConfigurationKey] = Path(name) }).Build());

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(IVerb verb, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exit = await verb.RunAsync(new VerbCall(arguments, output, error), TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }
}
