namespace HongqiaoDashboard.Features.Calendar;

/// <summary>Names the resource file of the texts on the calendar.</summary>
internal sealed class CalendarTexts;
