namespace HongqiaoDashboard.Ui;

/// <summary>Names the resource file of the components that know no feature.</summary>
internal sealed class UiTexts;
