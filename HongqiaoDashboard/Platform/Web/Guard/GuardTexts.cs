namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>Names the resource file of what is said to callers who are turned away before anything is done.</summary>
internal sealed class GuardTexts;
