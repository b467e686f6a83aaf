using System.Security.Cryptography;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace HongqiaoDashboard.Tests.Platform.Vault;

public sealed class DataVaultTests : IDisposable
{
    private const string Purpose = "test";
    private const string Secret = "张敏 13812345678";

    private readonly string _root = Directory.CreateTempSubdirectory("hongqiao-vault-").FullName;
    private readonly EphemeralDataProtectionProvider _older = new();
    private readonly List<DataVault> _vaults = [];
    private readonly Lines _log = new();

    private string KeyFile => Path.Combine(_root, "profile", "deep", "master.key");

    private string Ring => Path.Combine(_root, "data", "keys");

    [Fact]
    public void Text_KeptByOneProcess_IsReadByTheNextAndLiesNowhereInClear()
    {
        var kept = Start().Protect(Purpose, Secret)!;

        Assert.Equal(new VaultReading(Secret, null), Start().Read(Purpose, kept));
        Assert.NotEqual(Secret, Start().Read("another purpose", kept).Text);
        Assert.DoesNotContain("13812345678", kept, StringComparison.Ordinal);
        var ring = File.ReadAllText(Assert.Single(Directory.GetFiles(Ring, "*.xml")));
        Assert.DoesNotContain("masterKey>", ring, StringComparison.Ordinal);
        Assert.DoesNotContain("unencrypted", ring, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(File.ReadAllText(KeyFile).Trim(), ring, StringComparison.Ordinal);
    }

    [Fact]
    public void MasterKey_OfANewFolder_IsMadeWhenSomethingIsFirstKeptForTheOwnerOnly()
    {
        var vault = Start();
        Assert.Null(vault.Fault);
        Assert.False(File.Exists(KeyFile));

        vault.Protect(Purpose, Secret);

        Assert.Equal(32, Convert.FromBase64String(File.ReadAllText(KeyFile)).Length);
        Assert.Equal([KeyFile], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }
    }

    [Fact]
    public void MasterKeys_MadeByManyAtOnce_AreOne()
    {
        var places = Enumerable.Range(0, 16).Select(_ => Place(KeyFile, null)).ToList();
        var made = new MasterKey?[places.Count];
        Parallel.For(0, places.Count, i => made[i] = places[i].Make().Key);
        Assert.Single(made.Select(key => key!.Fingerprint).Distinct());
    }

    [Fact]
    public void MasterKey_ThatIsLost_LeavesTheVaultShutAndIsNotMadeAnew()
    {
        var kept = Start().Protect(Purpose, Secret)!;
        File.Move(KeyFile, KeyFile + ".away");

        var vault = Start();

        Assert.Equal((VaultFault.MasterKeyMissing, null), (vault.Fault!.Value, vault.Protect(Purpose, Secret)));
        Assert.Equal(new VaultReading(null, VaultFault.MasterKeyMissing), vault.Read(Purpose, kept));
        // A new key would stand where the right one belongs.
        Assert.False(File.Exists(KeyFile));
        Assert.Single(_log.Errors);

        File.Move(KeyFile + ".away", KeyFile);
        Assert.Equal(Secret, Start().Read(Purpose, kept).Text);
    }

    [Fact]
    public void MasterKey_ThatIsAnother_IsToldAsSuch()
    {
        var kept = Start().Protect(Purpose, Secret)!;

        var vault = Start(inline: MasterKey.Make());

        Assert.Equal(new VaultReading(null, VaultFault.MasterKeyWrong), vault.Read(Purpose, kept));
        Assert.Null(vault.Protect(Purpose, Secret));
        Assert.Single(_log.Errors);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void MasterKey_ThatIsNone_IsToldAndKeepsNothingInClear(string inline)
    {
        var vault = Start(inline);
        Assert.Equal((VaultFault.MasterKeyUnusable, null), (vault.Fault!.Value, vault.Protect(Purpose, Secret)));
        Assert.DoesNotContain(inline, string.Concat(_log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void MasterKey_InTheEnvironment_IsUsedAndNoFileIsMade()
    {
        var inline = MasterKey.Make();
        var kept = Start(inline).Protect(Purpose, Secret)!;
        Assert.Equal(Secret, Start(inline).Read(Purpose, kept).Text);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public void Profile_ThatCannotBeWritten_IsTold()
    {
        File.WriteAllText(Path.Combine(_root, "profile"), "a file where a folder should be");
        var vault = Start();
        Assert.Null(vault.Protect(Purpose, Secret));
        Assert.Equal(VaultFault.MasterKeyUnusable, vault.Fault);
    }

    [Fact]
    public void Text_OfAnOlderVersion_IsReadWhileTheAccountsOwnRingIsThereAndToldPlainlyAfterwards()
    {
        var kept = _older.CreateProtector(Purpose).Protect(Secret);
        Assert.Equal(Secret, Start().Read(Purpose, kept).Text);
        Assert.Equal(new VaultReading(null, VaultFault.KeyGone), Start(older: new EphemeralDataProtectionProvider()).Read(Purpose, kept));
    }

    [Fact]
    public void Ring_ThatWasRemovedOrDamaged_IsTold()
    {
        var kept = Start().Protect(Purpose, Secret)!;
        var file = Assert.Single(Directory.GetFiles(Ring, "*.xml"));
        var sound = File.ReadAllText(file);

        File.WriteAllText(file, sound[..(sound.Length / 2)]);
        Assert.Equal(VaultFault.KeyGone, Start().Read(Purpose, kept).Fault);

        File.Delete(file);
        Assert.Equal(VaultFault.KeyGone, Start().Read(Purpose, kept).Fault);
    }

    [Fact]
    public void Wrapping_ThatWasTamperedWith_IsNotTakenForAKey()
    {
        var kept = Start().Protect(Purpose, Secret)!;
        var file = Assert.Single(Directory.GetFiles(Ring, "*.xml"));
        var text = File.ReadAllText(file);
        var begin = text.IndexOf("<value>", StringComparison.Ordinal) + "<value>".Length;
        var value = Convert.FromBase64String(text[begin..text.IndexOf("</value>", StringComparison.Ordinal)]);
        value[5] ^= 1;
        File.WriteAllText(file, text[..begin] + Convert.ToBase64String(value) + text[text.IndexOf("</value>", StringComparison.Ordinal)..]);

        var reading = Start().Read(Purpose, kept);
        Assert.Null(reading.Text);
        Assert.NotNull(reading.Fault);
    }

    [Fact]
    public void Texts_ThatAreNothingOfOurs_AreToldAndDoNotThrow()
    {
        var vault = Start();
        foreach (var kept in (string[])["", "1:", "1:nonsense", "nonsense", "1:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(80))])
        {
            Assert.Equal(VaultFault.KeyGone, vault.Read(Purpose, kept).Fault);
        }
    }

    [Theory]
    [InlineData("data", "master.key")]
    [InlineData("data", "keys", "deep", "master.key")]
    [InlineData("profile", "..", "data", "master.key")]
    public void MasterKey_NamedWithinTheDataFolder_IsNeitherMadeNorTaken(params string[] parts)
    {
        var file = Path.Combine([_root, .. parts]);

        var vault = Start(file: file);

        Assert.Equal((VaultFault.MasterKeyUnusable, null), (vault.Fault!.Value, vault.Protect(Purpose, Secret)));
        Assert.False(File.Exists(file));
        Assert.Contains(MasterKeyPlace.FileSetting, Assert.Single(_log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void MasterKey_InAFolderWhoseNameOnlyBeginsLikeTheDataFolders_IsTaken() =>
        Assert.NotNull(Start(file: Path.Combine(_root, "data-keys", "master.key")).Protect(Purpose, Secret));

    public void Dispose()
    {
        _vaults.ForEach(vault => vault.Dispose());
        Directory.Delete(_root, recursive: true);
    }

    private static MasterKeyPlace Place(string file, string? inline) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { [MasterKeyPlace.FileSetting] = file, [MasterKeyPlace.KeySetting] = inline }).Build());

    // A process of its own, as far as the vault can tell.
    private DataVault Start(string? inline = null, IDataProtectionProvider? older = null, string? file = null)
    {
        var directory = new DataDirectory(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [DataDirectory.ConfigurationKey] = Path.Combine(_root, "data") }).Build());
        var vault = new DataVault(directory, Place(file ?? KeyFile, inline), older ?? _older, _log);
        _vaults.Add(vault);
        return vault;
    }

    private sealed class Lines : ILogger<DataVault>
    {
        public List<string> Errors { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error)
            {
                Errors.Add(formatter(state, exception));
            }
        }
    }
}
