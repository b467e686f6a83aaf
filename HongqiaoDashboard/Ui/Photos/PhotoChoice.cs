namespace HongqiaoDashboard.Ui.Photos;

/// <summary>The photographs of a form: some on their way, some arrived, some refused.</summary>
public sealed class PhotoChoice
{
    /// <summary>In the order in which they were chosen.</summary>
    internal List<Item> Items { get; } = [];

    /// <summary>Those that have arrived, by their hashes.</summary>
    public IReadOnlyList<string> Hashes => [.. Items.Where(item => item.Hash is not null).Select(item => item.Hash!)];

    /// <summary>Whether some are still on their way.</summary>
    public bool Busy => Items.Exists(item => item.Hash is null && item.Fault is null);

    /// <summary>Lets go of those that have arrived, where they are shown elsewhere from then on.</summary>
    /// <returns>Whether there were any.</returns>
    public bool DropArrived() => Items.RemoveAll(item => item.Hash is not null) > 0;

    internal sealed class Item(int id, string name)
    {
        public int Id => id;
        public string Name => name;
        public int Percent { get; set; }
        public string? Hash { get; set; }
        public string? Fault { get; set; }
    }
}
