using HongqiaoDashboard.Platform.Backup;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Platform.Vault;

/// <summary>The wrapped keys go into the backup; the master key never does.</summary>
internal sealed class KeyRingBackup(MasterKeyPlace place) : IBackupPart
{
    public string Folder => KeyRing.Folder;

    public IEnumerable<string> Files(ReadSession snapshot, string path) => BackupFolders.Names(path, "*.xml");

    public string? Remark(string path)
    {
        var wrappedBy = KeyRing.MasterKeys(path);
        var (found, wrong) = place.Find();
        if (wrappedBy.Count == 0 || (found is not null && wrappedBy.Contains(found.Fingerprint)))
        {
            return null;
        }

        var names = string.Join(", ", wrappedBy);
        var (chinese, english) = found is not null ? ("本机的主密钥不是它", "this machine's is another one")
            : wrong is not null ? ("本机的主密钥无法使用", $"this machine's cannot be used ({wrong})") : ("本机没有主密钥", "this machine has none");
        return $"备份中的联系方式由主密钥 {names} 加密，而{chinese}：启动前请把原机器的主密钥放到 {place.Words}（或设置 {MasterKeyPlace.KeySetting}），否则联系方式无法读取，其他数据不受影响。"
            + $"The contacts in this backup are encrypted under the master key {names}, and {english}: before you start the server, put the old machine's master key into {place.Words} (or set {MasterKeyPlace.KeySetting}). Without it contacts cannot be read; everything else can.";
    }
}
