namespace HongqiaoDashboard.App;

/// <summary>Names the resource file of the shell's texts.</summary>
internal sealed class AppTexts;
