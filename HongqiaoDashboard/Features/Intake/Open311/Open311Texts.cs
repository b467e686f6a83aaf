using System.Globalization;
using System.Resources;
using Microsoft.Net.Http.Headers;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Sentences of the interface, Chinese first and English second; names the resource file.</summary>
internal sealed class Open311Texts
{
    public static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    private static readonly ResourceManager Resources = new(typeof(Open311Texts));

    /// <summary>A sentence with its values.</summary>
    public static string Get(CultureInfo language, string key, params object[] arguments)
    {
        var text = Resources.GetString(key, language) ?? throw new MissingManifestResourceException($"{nameof(Open311Texts)} lacks '{key}'.");
        return arguments.Length == 0 ? text : string.Format(language, text, arguments);
    }

    /// <summary>The language that a caller asks for: <c>locale</c>, then Accept-Language, then Chinese.</summary>
    public static CultureInfo LanguageOf(HttpRequest request)
    {
        if (Known(request.Query["locale"].ToString()) is { } asked)
        {
            return asked;
        }

        return StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wishes)
            ? wishes.Where(w => w.Quality is not 0).OrderByDescending(w => w.Quality ?? 1)
                .Select(w => Known(w.Value.ToString())).FirstOrDefault(l => l is not null) ?? Chinese
            : Chinese;
    }

    private static CultureInfo? Known(string tag) => tag.Split('-', '_')[0].ToUpperInvariant() switch
    {
        "EN" => English,
        "ZH" => Chinese,
        _ => null,
    };
}

/// <summary>A name in both languages, picked when it is put into a sentence.</summary>
internal sealed record BothNames(string Name, string EnglishName) : IFormattable
{
    public string In(CultureInfo language) => language.Equals(Open311Texts.English) ? EnglishName : Name;

    public string ToString(string? format, IFormatProvider? formatProvider) =>
        formatProvider is CultureInfo language ? In(language) : Name;
}
