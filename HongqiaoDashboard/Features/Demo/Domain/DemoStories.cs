using System.Text.Json;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Demo.Domain;

/// <summary>
/// What the made-up cases say, how often each type comes and in which season: <c>data/demo/stories.json</c>. Nothing in it
/// names a person, a phone number or a home.
/// </summary>
internal sealed class DemoStories
{
    private const string PlaceMark = "{place}";

    private readonly StoryFile _file;
    private readonly Dictionary<string, double[]> _seasons;

    private DemoStories(StoryFile file) => (_file, _seasons) = (file, new Dictionary<string, double[]>(file.Seasons));

    /// <summary>Reads the shipped file's form.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not of that form.</exception>
    public static DemoStories Read(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            return new DemoStories(JsonSerializer.Deserialize<StoryFile>(stream, JsonSerializerOptions.Web) ?? throw new JsonException("The file is empty."));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>How often a type comes in a month, beside the others. One that the file does not know comes seldom.</summary>
    /// <param name="type">Type code.</param>
    /// <param name="month">1 to 12.</param>
    public double Weight(string type, int month) =>
        _file.Types.GetValueOrDefault(type) is not { } known ? 1
            : known.Weight * (known.Season is { } season && _seasons.TryGetValue(season, out var months) ? months[month - 1] : 1);

    /// <summary>What a reporter says, and where in words; a story that names no place has no address either.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="type">The type.</param>
    /// <param name="community">Name of the community.</param>
    public (string Description, string? Address) Tell(StableRandom random, IncidentType type, string community)
    {
        var known = _file.Types.GetValueOrDefault(type.Code);
        var place = random.Of(_file.Places.GetValueOrDefault(known?.Place ?? "") ?? _file.Places.Values.First());
        var story = known is null ? type.Name : random.Of(known.Stories);
        return (story.Replace(PlaceMark, place, StringComparison.Ordinal), story.Contains(PlaceMark, StringComparison.Ordinal) ? Short(community) + place : null);
    }

    /// <summary>The name of a community without the words for what it is.</summary>
    /// <param name="community">The whole name.</param>
    public string Short(string community) => community[..^(_file.Trims.FirstOrDefault(trim => community.EndsWith(trim, StringComparison.Ordinal)) ?? "").Length];

    /// <summary>What came of a case.</summary>
    public string Result(StableRandom random, string type) => random.Of(_file.Types.GetValueOrDefault(type)?.Results ?? _file.Results);

    /// <summary>Why a case is not taken on.</summary>
    public string Rejection(StableRandom random) => random.Of(_file.Rejections);

    /// <summary>Why a result is sent back.</summary>
    public string Rework(StableRandom random) => random.Of(_file.Reworks);

    /// <summary>Why the clock stands still.</summary>
    public string Suspension(StableRandom random) => random.Of(_file.Suspensions);

    /// <summary>Why more time is given.</summary>
    public string Extension(StableRandom random) => random.Of(_file.Extensions);

    /// <summary>Who approves; an office, never a person.</summary>
    public string Approver(StableRandom random) => random.Of(_file.Approvers);

    private sealed record StoryFile(
        IReadOnlyList<string> Trims, IReadOnlyDictionary<string, IReadOnlyList<string>> Places, IReadOnlyDictionary<string, double[]> Seasons, IReadOnlyDictionary<string, TypeStories> Types,
        IReadOnlyList<string> Results, IReadOnlyList<string> Rejections, IReadOnlyList<string> Reworks, IReadOnlyList<string> Suspensions,
        IReadOnlyList<string> Extensions, IReadOnlyList<string> Approvers);

    private sealed record TypeStories(double Weight, string? Place, string? Season, IReadOnlyList<string> Stories, IReadOnlyList<string>? Results);
}
