namespace HongqiaoDashboard.Platform.Web;

/// <summary>Names the resource file of the answers to requests that could not be served.</summary>
internal sealed class FaultTexts;
