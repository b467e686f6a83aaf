using System.Formats.Tar;

namespace HongqiaoDashboard.Tests.Platform.Backup;

/// <summary>What a restore and a backup refuse; nothing of it is ever stored.</summary>
public sealed class RestoreVerbTests : IAsyncDisposable
{
    private readonly BackupFolder _folder = new();

    public static TheoryData<string, string> ForgedNames => new()
    {
        { "grids/../../evil.geojson", "its name is not allowed" },
        { "../evil", "its name is not allowed" },
        { "/tmp/hongqiao-evil", "its name is not allowed" },
        { "grids/..", "its name is not allowed" },
        { "grids\\evil.geojson", "its name is not allowed" },
        { "C:/evil", "its name is not allowed" },
        { "grids/.hidden", "its name is not allowed" },
        { "grids/a\u0001b", "its name is not allowed" },
        { "server.lock", "this version does not know it" },
        { "other/evil", "this version does not know it" },
        { "hongqiao.db", "this version does not know it" },
    };

    [Fact]
    public async Task Archive_ThatIsDamagedAnywhere_IsRefusedOrHasAllItsFilesAsTheyWere()
    {
        var archive = await _folder.SoundAsync();
        var (sound, files) = (await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken), BackupFolder.Read(archive)[..^1]);
        var random = new Random(7);
        var refused = 0;
        for (var n = 0; n < 60; n++)
        {
            var damaged = (byte[])sound.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            var target = $"target{n}";
            var (exit, output, error) = await _folder.RestoreAsync(target, Write("damaged.tgz", damaged));
            if (exit == 0)
            {
                // A time of writing, say, or the padding between files.
                Assert.All(files, file => Assert.Equal(file.Content, File.ReadAllBytes(_folder.Path([target, .. file.Name.Split('/')]))));
                continue;
            }

            refused++;
            Assert.Equal((1, ""), (exit, output));
            Assert.Contains("archive", error, StringComparison.Ordinal);
            Assert.Empty(Contents(_folder.Path(target)));
        }

        Assert.InRange(refused, 50, 60);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.99)]
    public async Task Archive_ThatIsCutOff_IsRefused(double share)
    {
        var sound = await File.ReadAllBytesAsync(await _folder.SoundAsync(), TestContext.Current.CancellationToken);
        await AssertRefusedAsync(Write("short.tgz", sound[..(int)(sound.Length * share)]), "is damaged");
    }

    [Theory]
    [MemberData(nameof(ForgedNames))]
    public async Task Archive_WithAName_ThatMustNotBe_IsRefused(string name, string reason)
    {
        var files = BackupFolder.Read(await _folder.SoundAsync());
        await AssertRefusedAsync(_folder.Forge("forged.tgz", [files[0], (name, "evil"u8.ToArray())]), reason);
        Assert.False(File.Exists("/tmp/hongqiao-evil"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path(), "evil*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Directory)]
    [InlineData(TarEntryType.CharacterDevice)]
    public async Task Archive_WithALinkOrDevice_IsRefused(TarEntryType type)
    {
        var files = BackupFolder.Read(await _folder.SoundAsync());
        var forged = _folder.Forge("forged.tgz", files, extra: tar => tar.WriteEntry(
            type is TarEntryType.SymbolicLink or TarEntryType.HardLink ? new PaxTarEntry(type, "grids/x.geojson") { LinkName = "/etc/passwd" } : new PaxTarEntry(type, "grids/x")));
        await AssertRefusedAsync(forged, "it is no plain file");
    }

    [Fact]
    public async Task Archive_ThatLiesInItsManifest_IsRefused()
    {
        var files = BackupFolder.Read(await _folder.SoundAsync());
        await AssertRefusedAsync(_folder.Forge("format.tgz", files, head => head with { Format = "another" }), "its manifest cannot be read");
        await AssertRefusedAsync(_folder.Forge("version.tgz", files, head => head with { Version = 2 }), "this program knows 1");
        await AssertRefusedAsync(_folder.Forge("unlisted.tgz", files, extra: tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "grids/unlisted.geojson"))), "grids/unlisted.geojson is not what the manifest says");
        await AssertRefusedAsync(_folder.Forge("twice.tgz", [files[0], ("grids/a.geojson", []), ("grids/a.geojson", [])]), "it is out of order");
        await AssertRefusedAsync(_folder.Forge("none.tgz", []), "its manifest does not fit its content");
        await AssertRefusedAsync(_folder.Forge("no-database.tgz", [("grids/a.geojson", [])]), "it is out of order");
    }

    [Fact]
    public async Task Archive_OfANewerProgram_IsRefused()
    {
        var newer = await _folder.SoundAsync(change: "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99.0')");
        await AssertRefusedAsync(newer, "is of a newer version of the program (29990101000000_Later)");
    }

    [Fact]
    public async Task Archive_WithADatabaseThatIsNone_IsRefused()
    {
        await AssertRefusedAsync(_folder.Forge("text.tgz", [("hongqiao.db", "this is no database, and long enough to be looked at as one"u8.ToArray())]), "is damaged");
        await AssertRefusedAsync(_folder.Forge("empty.tgz", [("hongqiao.db", [])]), "is not one of this program");

        var pages = BackupFolder.Read(await _folder.SoundAsync())[0].Content;
        // A page in the middle overwritten: hashes fit, SQLite knows better.
        pages.AsSpan(pages.Length / 4096 / 2 * 4096, 4096).Fill(0xA5);
        await AssertRefusedAsync(_folder.Forge("torn.tgz", [("hongqiao.db", pages)]), "is damaged");
    }

    [Fact]
    public async Task Folder_ThatIsNotEmpty_IsRefusedAndLeftAsItWas()
    {
        var archive = await _folder.SoundAsync();
        Directory.CreateDirectory(_folder.Path("full"));
        await File.WriteAllTextAsync(_folder.Path("full", "notes.txt"), "mine", TestContext.Current.CancellationToken);

        var (exit, output, error) = await _folder.RestoreAsync("full", archive);

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("is not empty", error, StringComparison.Ordinal);
        Assert.Equal(["notes.txt"], Contents(_folder.Path("full")));
    }

    [Fact]
    public async Task Backup_OntoAFileThatIsThere_IsRefusedAndLeavesIt()
    {
        var archive = await _folder.SoundAsync();
        var sound = await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken);

        await _folder.RestoreAsync("source", archive);
        var (exit, output, error) = await _folder.BackupAsync("source", archive);

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("is not overwritten", error, StringComparison.Ordinal);
        Assert.Equal(sound, await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Verbs_CalledWrongly_EndWithTwoAndOnesThatCannotWithOne()
    {
        foreach (var call in (string[][])[[], ["a", "b"]])
        {
            Assert.Equal((2, ""), Told(await _folder.BackupAsync("none", call)));
            Assert.Equal((2, ""), Told(await _folder.RestoreAsync("none", call)));
        }

        var (exit, output, error) = await _folder.BackupAsync("none", _folder.Path("b.tgz"));
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("There is no database in the data folder", error, StringComparison.Ordinal);
        (exit, output, error) = await _folder.RestoreAsync("none", _folder.Path("nothing.tgz"));
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("There is no file", error, StringComparison.Ordinal);
        await _folder.RestoreAsync("source", await _folder.SoundAsync());
        (exit, _, error) = await _folder.BackupAsync("source", _folder.Path("no-such-folder", "b.tgz"));
        Assert.True(exit == 1 && error.Contains("The backup was not made", StringComparison.Ordinal), error);
        Assert.Equal(["none", "sound.tgz", "source"], Contents(_folder.Path()));
    }

    [Fact]
    public async Task Restore_OfASoundArchive_BringsEveryFileBackAsItWas()
    {
        var archive = await _folder.SoundAsync();

        var (exit, output, error) = await _folder.RestoreAsync("target", archive);

        Assert.True(exit == 0, error);
        Assert.StartsWith($"OK: {_folder.Path("target")}, 2 files", output, StringComparison.Ordinal);
        Assert.Equal(["grids", "hongqiao.db"], Contents(_folder.Path("target")));
        foreach (var (name, content) in BackupFolder.Read(archive)[..^1])
        {
            Assert.Equal(content, await File.ReadAllBytesAsync(_folder.Path(["target", .. name.Split('/')]), TestContext.Current.CancellationToken));
        }

        // And on from there: a backup of what was restored has the same files.
        Assert.Equal(0, (await _folder.BackupAsync("target", _folder.Path("again.tgz"))).ExitCode);
        Assert.Equal(["hongqiao.db", "grids/imported-1.geojson", "manifest.jsonl"], BackupFolder.Read(_folder.Path("again.tgz")).Select(file => file.Name));
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private static (int ExitCode, string Output) Told((int ExitCode, string Output, string Error) run) => (run.ExitCode, run.Output);

    private static IEnumerable<string> Contents(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Where(name => name != "server.lock").Order(StringComparer.Ordinal);

    private string Write(string name, byte[] content)
    {
        File.WriteAllBytes(_folder.Path(name), content);
        return _folder.Path(name);
    }

    private async Task AssertRefusedAsync(string archive, string reason)
    {
        var (exit, output, error) = await _folder.RestoreAsync("target", archive);
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Empty(Contents(_folder.Path("target")));
    }
}
