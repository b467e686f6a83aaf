using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Tests.Platform.Hosting;

public sealed class DiskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hongqiao-disk-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TryName_ByManyAtOnce_GivesTheNameToOneAndLeavesTheOthersWhereTheyAre()
    {
        for (var round = 0; round < 50; round++)
        {
            var name = In($"name-{round}");
            var files = Enumerable.Range(0, 8).Select(i => In($"{round}-{i}.tmp")).ToList();
            files.ForEach(file => File.WriteAllText(file, file));
            var named = new bool[files.Count];

            Parallel.For(0, files.Count, i => named[i] = Disk.TryName(files[i], name));

            var winner = Assert.Single(Enumerable.Range(0, files.Count), i => named[i]);
            Assert.Equal(files[winner], File.ReadAllText(name));
            Assert.Equal(files.Where((_, i) => i != winner), files.Where(File.Exists));
        }
    }

    [Fact]
    public void TryName_OfAFileThatIsNotThere_SaysSo() =>
        Assert.Throws<FileNotFoundException>(() => Disk.TryName(In("missing"), In("name")));

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
