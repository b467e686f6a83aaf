namespace HongqiaoDashboard.Ui.Photos;

/// <summary>Where chosen photographs go, and how large they may be.</summary>
/// <param name="Address">Each is posted here, beside the circuit.</param>
/// <param name="Token">Where the script asks for a token against forged requests.</param>
/// <param name="Most">Most at once.</param>
/// <param name="Megabytes">Largest file, megabytes of 1,048,576 bytes.</param>
/// <param name="TooBig">What is said of a larger one, without sending it.</param>
public sealed record PhotoUpload(string Address, string Token, int Most, int Megabytes, string TooBig);
