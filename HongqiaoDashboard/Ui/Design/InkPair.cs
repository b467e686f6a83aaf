namespace HongqiaoDashboard.Ui.Design;

/// <summary>What is written in which colour on which; tokens without their dashes.</summary>
/// <param name="Ink">Colour of the text or line.</param>
/// <param name="Ground">Colour behind it.</param>
/// <param name="Least">Least contrast ratio: 4.5 for text, 3 for large figures and for lines that mean something (WCAG 2.2, 1.4.3 and 1.4.11).</param>
public sealed record InkPair(string Ink, string Ground, double Least)
{
    private const double Text = 4.5;

    private const double Mark = 3;

    /// <summary>All pairs that pages use, in each desk theme.</summary>
    public static IReadOnlyList<InkPair> All { get; } =
    [
        .. from ink in (string[])["ink", "ink-soft", "accent", "good", "warn", "danger"]
           from ground in (string[])["ground", "surface", "sunken"]
           select new InkPair(ink, ground, Text),
        new("ink", "accent-soft", Text), new("ink-soft", "accent-soft", Text),
        new("accent", "accent-soft", Text), new("good", "good-soft", Text), new("warn", "warn-soft", Text), new("danger", "danger-soft", Text),
        new("on-bar", "bar", Text), new("on-accent", "accent", Text), new("on-good", "good", Text), new("on-warn", "warn", Text), new("on-danger", "danger", Text),
        new("map-label", "map-halo", Text),
        new("field", "surface", Mark), new("field", "ground", Mark), new("map-line", "map-zero", Mark), new("map-mark", "map-zero", Mark), new("map-chosen", "map-zero", Mark),
    ];
}
