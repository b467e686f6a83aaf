namespace HongqiaoDashboard.Features.Access.Keys;

/// <summary>Names the resource file of the keys' texts.</summary>
internal sealed class KeyTexts;
