namespace HongqiaoDashboard.Features.Walls.Pairing.Pages;

/// <summary>What an administrator fills in of a display.</summary>
public sealed class WallForm
{
    /// <summary>What it is called.</summary>
    public string Name { get; set; } = "";

    /// <summary>The boards that it may show, in the order in which they were chosen.</summary>
    public IList<string> Boards { get; } = [];

    /// <summary>Grid code; empty for everything.</summary>
    public string ScopeCode { get; set; } = "";

    /// <summary>Gives a board, or takes it.</summary>
    /// <param name="board">Its name.</param>
    /// <param name="given">Which of the two.</param>
    public void Choose(string board, bool given)
    {
        Boards.Remove(board);
        if (given)
        {
            Boards.Add(board);
        }
    }

    internal WallSetting ToSetting() => new(Name, [.. Boards], ScopeCode);

    internal static WallForm Of(WallDevice wall)
    {
        var form = new WallForm { Name = wall.Name, ScopeCode = wall.ScopeCode ?? "" };
        foreach (var board in wall.BoardList)
        {
            form.Boards.Add(board);
        }

        return form;
    }
}
