namespace HongqiaoDashboard.Ui.Photos;

/// <summary>Photographs of one thing, and where their files are.</summary>
/// <param name="Title">What they came with, in words.</param>
/// <param name="Hashes">The photographs, in their order.</param>
/// <param name="Full">Address of a photograph.</param>
/// <param name="Thumbnail">Address of its thumbnail.</param>
public sealed record PhotoSource(string Title, IReadOnlyList<string> Hashes, Func<string, string> Full, Func<string, string> Thumbnail);
