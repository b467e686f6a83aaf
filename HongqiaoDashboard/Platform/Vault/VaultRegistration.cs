using HongqiaoDashboard.Platform.Backup;

namespace HongqiaoDashboard.Platform.Vault;

/// <summary>Puts the vault in place.</summary>
internal static class VaultRegistration
{
    /// <summary>Adds the vault; its master key is looked for at the start and made when something is first kept.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddVault(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MasterKeyPlace>();
        builder.Services.AddSingleton<DataVault>();
        builder.Services.AddSingleton<IDataVault>(services => services.GetRequiredService<DataVault>());
        builder.Services.AddBackupPart<KeyRingBackup>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DataVault>());
    }
}
