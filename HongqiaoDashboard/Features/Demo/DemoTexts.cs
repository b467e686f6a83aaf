namespace HongqiaoDashboard.Features.Demo;

/// <summary>Names the resource file of the demo.</summary>
internal sealed class DemoTexts;
