using System.Globalization;

namespace HongqiaoDashboard.Ui.Design;

/// <summary>How an eye sees colour.</summary>
public enum Vision
{
    /// <summary>All three kinds of cones.</summary>
    Usual,

    /// <summary>Without cones for long waves (red).</summary>
    Protanopia,

    /// <summary>Without cones for middle waves (green); the most frequent.</summary>
    Deuteranopia,

    /// <summary>Without cones for short waves (blue).</summary>
    Tritanopia,
}

/// <summary>A colour in linear light, each part from 0 to 1.</summary>
/// <param name="Red">Red.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
public readonly record struct Colour(double Red, double Green, double Blue)
{
    // Machado, Oliveira and Fernandes 2009, full severity; rows of the matrix for linear light.
    private static readonly Dictionary<Vision, double[]> Cones = new()
    {
        [Vision.Protanopia] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [Vision.Deuteranopia] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        [Vision.Tritanopia] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    /// <summary>Relative luminance by WCAG 2, from 0 (black) to 1 (white).</summary>
    public double Luminance => (0.2126 * Red) + (0.7152 * Green) + (0.0722 * Blue);

    /// <summary>Reads <c>#rrggbb</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Colour Parse(string text)
    {
        if (text is not ['#', _, _, _, _, _, _] || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            throw new FormatException($"'{text}' is not a colour like #1f6f3f.");
        }

        return new(Linear(rgb >> 16), Linear((rgb >> 8) & 255), Linear(rgb & 255));
    }

    /// <summary>Contrast ratio by WCAG 2, from 1 to 21.</summary>
    /// <param name="other">The colour beside or behind it.</param>
    public double Contrast(Colour other)
    {
        var (one, two) = (Luminance + 0.05, other.Luminance + 0.05);
        return Math.Max(one, two) / Math.Min(one, two);
    }

    /// <summary>About what an eye sees of it.</summary>
    /// <param name="vision">The eye.</param>
    public Colour SeenBy(Vision vision)
    {
        if (!Cones.TryGetValue(vision, out var m))
        {
            return this;
        }

        return new(
            Math.Clamp((m[0] * Red) + (m[1] * Green) + (m[2] * Blue), 0, 1),
            Math.Clamp((m[3] * Red) + (m[4] * Green) + (m[5] * Blue), 0, 1),
            Math.Clamp((m[6] * Red) + (m[7] * Green) + (m[8] * Blue), 0, 1));
    }

    /// <summary>As <c>#rrggbb</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Byte(Red):x2}{Byte(Green):x2}{Byte(Blue):x2}");

    private static double Linear(int part)
    {
        var share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    private static int Byte(double part) =>
        (int)Math.Round(255 * (part <= 0.0031308 ? part * 12.92 : (1.055 * Math.Pow(part, 1 / 2.4)) - 0.055));
}
