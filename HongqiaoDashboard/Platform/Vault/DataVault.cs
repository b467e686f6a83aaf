using System.Security.Cryptography;
using System.Xml;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace HongqiaoDashboard.Platform.Vault;

/// <summary>
/// The framework's data protection on a key ring of its own in the data folder. The framework's usual ring goes on to serve
/// cookies and circuits, so that a lost master key takes contacts away and nothing else.
/// </summary>
internal sealed class DataVault : IDataVault, IHostedService, IDisposable
{
    // Marks what this vault gave; what older versions stored came from the account's usual ring, without a mark.
    private const string Mark = "1:";

    private readonly MasterKeyPlace _place;
    private readonly IDataProtectionProvider _before;
    private readonly ILogger<DataVault> _log;
    private readonly string _folder;
    private readonly string _ring;
    private readonly ServiceProvider _services;
    private readonly Lock _gate = new();
    private MasterKey? _master;
    private VaultFault? _fault;
    private bool _opened;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="directory">Holds the ring.</param>
    /// <param name="place">Where the master key is.</param>
    /// <param name="before">The account's usual ring, which older versions encrypted with.</param>
    /// <param name="log">Hears once why nothing can be kept or read.</param>
    public DataVault(DataDirectory directory, MasterKeyPlace place, IDataProtectionProvider before, ILogger<DataVault> log)
    {
        (_place, _before, _log) = (place, before, log);
        (_folder, _ring) = (directory.Root, directory.File(KeyRing.Folder));
        var services = new ServiceCollection();
        services.AddSingleton<Func<MasterKey>>(Master);
        services.AddDataProtection().SetApplicationName("HongqiaoDashboard").PersistKeysToFileSystem(new DirectoryInfo(_ring));
        services.Configure<KeyManagementOptions>(options => options.XmlEncryptor = new KeyWrapper(Master));
        _services = services.BuildServiceProvider();
    }

    /// <inheritdoc/>
    public VaultFault? Fault
    {
        get
        {
            lock (_gate)
            {
                Open();
                return _fault;
            }
        }
    }

    private IDataProtectionProvider Ring => _services.GetRequiredService<IDataProtectionProvider>();

    /// <inheritdoc/>
    public string? Protect(string purpose, string text)
    {
        lock (_gate)
        {
            Open();
            if (_fault is null && _master is null)
            {
                (_master, var wrong) = _place.Make();
                Tell(_master is null ? VaultFault.MasterKeyUnusable : null, wrong);
                if (_master is not null)
                {
                    _log.LogWarning("A master key was made in {Place}. Keep a copy of it apart from the backups of the data folder: without it, contacts cannot be read", _place.Words);
                }
            }

            if (_fault is not null)
            {
                return null;
            }
        }

        try
        {
            return Mark + Ring.CreateProtector(purpose).Protect(text);
        }
        catch (Exception e) when (StorageFault(e) is { } fault)
        {
            throw new StorageUnavailableException(fault.Message, e);
        }
    }

    /// <inheritdoc/>
    public VaultReading Read(string purpose, string kept)
    {
        var ours = kept.StartsWith(Mark, StringComparison.Ordinal);
        if (ours && Fault is { } fault)
        {
            return new VaultReading(null, fault);
        }

        try
        {
            var text = ours ? Ring.CreateProtector(purpose).Unprotect(kept[Mark.Length..]) : _before.CreateProtector(purpose).Unprotect(kept);
            return new VaultReading(text, null);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return new VaultReading(null, e is AuthenticationTagMismatchException ? VaultFault.MasterKeyWrong : VaultFault.KeyGone);
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // So that whoever starts the server hears of a missing key now, and not a reporter later.
        _ = Fault;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _services.Dispose();

    private void Open()
    {
        if (_opened)
        {
            return;
        }

        _opened = true;
        if (_place.LiesIn(_folder))
        {
            Tell(VaultFault.MasterKeyUnusable, $"it is named within the data folder, whose every copy would hold it; name a file elsewhere with {MasterKeyPlace.FileSetting}");
            return;
        }

        var (found, wrong) = _place.Find();
        _master = found;
        try
        {
            var wrappedBy = KeyRing.MasterKeys(_ring);
            Tell(
                wrong is not null ? VaultFault.MasterKeyUnusable
                // A ring without a master key gets no new one: it would stand in the place where the right one belongs.
                : found is null && wrappedBy.Count > 0 ? VaultFault.MasterKeyMissing
                : found is not null && wrappedBy.Count > 0 && !wrappedBy.Contains(found.Fingerprint) ? VaultFault.MasterKeyWrong
                : null,
                wrong ?? $"the keys were wrapped by the master key {string.Join(", ", wrappedBy)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell(VaultFault.MasterKeyUnusable, e.Message);
        }
        catch (XmlException e)
        {
            Tell(VaultFault.KeyGone, $"a file in {_ring} is damaged: {e.Message}");
        }
    }

    private void Tell(VaultFault? fault, string? why)
    {
        _fault = fault;
        if (fault is not null)
        {
            _log.LogError(
                "Contacts can be neither read nor kept: {Fault} ({Place}; {Why}). Put the right master key there and start again. 联系方式无法读取或保存，请放回正确的主密钥后重新启动。",
                fault, _place.Words, why);
        }
    }

    private MasterKey Master() => _master ?? throw new MasterKeyAbsentException();

    private static Exception? StorageFault(Exception? e) =>
        e is null ? null : e is IOException or UnauthorizedAccessException ? e : StorageFault(e.InnerException);

    private sealed class MasterKeyAbsentException() : CryptographicException("There is no master key.");
}
