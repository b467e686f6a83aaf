namespace HongqiaoDashboard.App.Pages.Design;

/// <summary>Names the resource file of the page that describes the design.</summary>
internal sealed class DesignTexts;
