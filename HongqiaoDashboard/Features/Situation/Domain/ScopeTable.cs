namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>
/// Gives every grid code that was ever counted a small number, and knows the way from a basic grid up to its district by
/// the prefixes of its code, so that a case of an old edition still counts for the street that it lay in.
/// </summary>
internal sealed class ScopeTable
{
    /// <summary>Lengths of the codes of the four tiers: district, street, community, basic grid.</summary>
    public static readonly int[] CodeLengths = [6, 9, 12, 15];

    private readonly Dictionary<string, int> _ids = [];
    private readonly Dictionary<string, int[]> _paths = [];
    private readonly List<string> _codes = [];

    /// <summary>How many codes are known.</summary>
    public int Count => _codes.Count;

    /// <summary>The number of a code, given on first sight.</summary>
    /// <param name="code">A grid code of any tier.</param>
    public int Id(string code)
    {
        if (!_ids.TryGetValue(code, out var id))
        {
            _ids[code] = id = _codes.Count;
            _codes.Add(code);
        }

        return id;
    }

    /// <summary>The code of a number.</summary>
    /// <param name="id">A number that was given.</param>
    public string Code(int id) => _codes[id];

    /// <summary>Numbers of a grid and all above it, the district first.</summary>
    /// <param name="code">A grid code of any tier.</param>
    public int[] Path(string code)
    {
        if (!_paths.TryGetValue(code, out var path))
        {
            _paths[code] = path = [.. CodeLengths.Where(length => length <= code.Length).Select(length => Id(code[..length]))];
        }

        return path;
    }

    /// <summary>Whether a code is that of a basic grid.</summary>
    /// <param name="code">A grid code.</param>
    public static bool IsBasic(string code) => code.Length == CodeLengths[^1];
}
