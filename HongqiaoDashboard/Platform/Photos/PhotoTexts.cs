namespace HongqiaoDashboard.Platform.Photos;

/// <summary>Names the resource file of what the receiving of photographs refuses.</summary>
internal sealed class PhotoTexts;
