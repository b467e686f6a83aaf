using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Ui.Design;

/// <summary>The values of <c>css/tokens.css</c>, read from the style sheet itself so that nothing says them twice.</summary>
public sealed partial class TokenSheet
{
    private readonly Dictionary<string, Dictionary<string, string>> _themes;

    private TokenSheet(Dictionary<string, Dictionary<string, string>> themes) => _themes = themes;

    /// <summary>Names of the themes: two for desks, one for walls.</summary>
    public static IReadOnlyList<string> Themes { get; } = ["light", "dark", "wall"];

    /// <summary>Reads a style sheet.</summary>
    /// <param name="css">Its text.</param>
    /// <exception cref="FormatException">It lacks one of the themes.</exception>
    public static TokenSheet Parse(string css)
    {
        var plain = AtRule().Replace(Comment().Replace(css, ""), "");
        var blocks = Block().Matches(plain)
            .Select(block => (Selectors: block.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries), Values: Values(block.Groups[2].Value)))
            .ToList();
        var light = Of([":root", "[data-theme=light]"], []);
        return new TokenSheet(new()
        {
            ["light"] = light,
            ["dark"] = Of(["[data-theme=dark]"], light),
            ["wall"] = Of([".wall-root"], light),
        });

        // What a theme does not say for itself is what the document says.
        Dictionary<string, string> Of(string[] selectors, Dictionary<string, string> below)
        {
            var found = blocks.Where(block => block.Selectors.Any(selectors.Contains)).SelectMany(block => block.Values).ToList();
            if (found.Count == 0)
            {
                throw new FormatException($"The tokens have no block for {selectors[^1]}.");
            }

            var all = new Dictionary<string, string>(below);
            foreach (var (name, value) in found)
            {
                all[name] = value;
            }

            return all;
        }
    }

    /// <summary>A token's value as it is written.</summary>
    /// <param name="theme">One of <see cref="Themes"/>.</param>
    /// <param name="name">Without the dashes, for example <c>ink-soft</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such token.</exception>
    public string Value(string theme, string name) => _themes[theme][name];

    /// <summary>A token that is a plain colour.</summary>
    /// <param name="theme">One of <see cref="Themes"/>.</param>
    /// <param name="name">Without the dashes.</param>
    public Colour Colour(string theme, string name) => Design.Colour.Parse(Value(theme, name));

    private static List<(string Name, string Value)> Values(string block) =>
        [.. Token().Matches(block).Select(token => (token.Groups[1].Value, token.Groups[2].Value.Trim()))];

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"@[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")]
    private static partial Regex AtRule();

    [GeneratedRegex(@"([^{}]+)\{([^{}]*)\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"--([\w-]+):([^;]+);")]
    private static partial Regex Token();
}
