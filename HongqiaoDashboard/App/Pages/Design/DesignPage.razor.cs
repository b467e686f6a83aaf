using System.Globalization;
using HongqiaoDashboard.Ui.Design;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.App.Pages.Design;

/// <summary>The design system on one page: tokens with their measured contrasts, ramps as different eyes see them, and the parts.</summary>
public sealed partial class DesignPage
{
    private static readonly string[] Desk = ["light", "dark"];
    private static readonly string[] Colours =
        ["ground", "surface", "sunken", "edge", "field", "ink", "ink-soft", "accent", "accent-soft", "good", "good-soft", "warn", "warn-soft", "danger", "danger-soft"];
    private static readonly string[] MapColours = ["map-ground", "map-zero", "map-edge", "map-line", "map-mark", "map-chosen"];
    private static readonly string[] Type = ["text-figure", "text-xl", "text-l", "text-m", "text-s", "text-xs"];
    private static readonly string[] Space = ["space-1", "space-2", "space-3", "space-4", "space-5"];
    private static readonly string[] Motion = ["quick", "calm"];

    private readonly string[] _changes = new string[2];
    private TokenSheet _tokens = default!;
    private IReadOnlyList<HeatRamp> _ramps = [];
    private FreshnessBadge? _badge;
    private DateTimeOffset _now;
    private string _segment = "light";

    [Inject]
    private IWebHostEnvironment Host { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _tokens = TokenSheet.Parse(Read("css/tokens.css"));
        _ramps = HeatRamp.Parse(Read("js/map/scale.js"));
        _now = Clock.GetUtcNow();
        (_changes[0], _changes[1]) = (Text["SampleChange1"], Text["SampleChange2"]);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && _badge is not null)
        {
            await _badge.BeatAsync(_now);
        }
    }

    private string Read(string path)
    {
        using var reader = new StreamReader(Host.WebRootFileProvider.GetFileInfo(path).CreateReadStream());
        return reader.ReadToEnd();
    }

    // Cut, not rounded: 4.499 is no 4.5.
    private string Ratio(string theme, InkPair pair) =>
        (Math.Floor(Contrast(theme, pair) * 100) / 100).ToString("0.00", CultureInfo.CurrentCulture);

    private double Contrast(string theme, InkPair pair) => _tokens.Colour(theme, pair.Ink).Contrast(_tokens.Colour(theme, pair.Ground));

    private static string Seen(HeatRamp ramp, Vision vision) =>
        $"background: linear-gradient(to right, {string.Join(", ", ramp.Colours.Select((colour, i) => $"{colour.SeenBy(vision)} {100 * i / ramp.Colours.Count}% {100 * (i + 1) / ramp.Colours.Count}%"))})";
}
