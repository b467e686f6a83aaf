using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Ui.Design;

/// <summary>A ramp of the maps, read from the script that paints with it (<c>js/map/scale.js</c>).</summary>
/// <param name="Scheme">The maps that it is for: <c>light</c> or <c>dark</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Colours">The least class first.</param>
public sealed partial record HeatRamp(string Scheme, string Name, IReadOnlyList<Colour> Colours)
{
    /// <summary>Whether an eye sees each class lighter than the one before, or each darker.</summary>
    /// <param name="vision">The eye.</param>
    public bool IsEvenFor(Vision vision)
    {
        var steps = Colours.Zip(Colours.Skip(1), (one, next) => Math.Sign(next.SeenBy(vision).Luminance - one.SeenBy(vision).Luminance)).Distinct().ToList();
        return steps is [1] or [-1];
    }

    /// <summary>The ramps of a script.</summary>
    /// <param name="script">Its text.</param>
    public static IReadOnlyList<HeatRamp> Parse(string script) =>
    [
        .. from table in Table().Matches(script)
           from row in Row().Matches(table.Groups[2].Value)
           select new HeatRamp(table.Groups[1].Value, row.Groups[1].Value, [.. Hex().Matches(row.Groups[2].Value).Select(colour => Colour.Parse(colour.Value))]),
    ];

    [GeneratedRegex(@"const (dark|light) = \{(.*?)\};", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex(@"(\w+): \[([^\]]*)\]")]
    private static partial Regex Row();

    [GeneratedRegex("#[0-9a-f]{6}")]
    private static partial Regex Hex();
}
