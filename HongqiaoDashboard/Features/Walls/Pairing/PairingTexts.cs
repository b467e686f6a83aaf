using System.Globalization;
using System.Resources;

namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>Names the resource file of pairing's texts.</summary>
internal sealed class PairingTexts
{
    private static readonly ResourceManager Words = new(typeof(PairingTexts).FullName!, typeof(PairingTexts).Assembly);
    private static readonly CultureInfo[] Both = [CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en")];

    /// <summary>A sentence in both languages, Chinese first: nobody has chosen one on a display that is not paired yet.</summary>
    /// <param name="key">Key of the sentence.</param>
    public static IEnumerable<(string Language, string Text)> InBoth(string key) => Both.Select(culture => (culture.Name, Words.GetString(key, culture)!));
}
