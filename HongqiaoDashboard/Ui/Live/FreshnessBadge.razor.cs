using System.Globalization;
using HongqiaoDashboard.Platform.Interop;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Ui.Live;

/// <summary>
/// Says how fresh a page is, from the browser: its age grows there, so a dead server, circuit or network shows. It also
/// drives everything else on the page that moves with time alone: elements with <c>data-due</c> (milliseconds since 1970)
/// count towards their promise, those with
/// <c>data-since</c> say how long ago that was, and those with <c>data-clock</c> show the time of the zone that they name.
/// </summary>
public sealed partial class FreshnessBadge
{
    /// <summary>Time between two signs of life of the feed that is shown.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    // A beat is late, not missed, while a tick and a slow line may still explain it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private ElementReference _element;
    private JsPart? _live;
    private DateTimeOffset? _freshAsOf;

    /// <summary>Time zone of the instants that are shown, an IANA name.</summary>
    [Parameter, EditorRequired]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Tells the browser that the picture holds.</summary>
    /// <param name="freshAsOf">The instant up to which it is right.</param>
    public async Task BeatAsync(DateTimeOffset freshAsOf)
    {
        _freshAsOf = freshAsOf;
        if (_live is not null)
        {
            // Both instants are the server's: a wall whose own clock is wrong still tells the age.
            await _live.TryInvokeAsync("beat", freshAsOf.ToUnixTimeMilliseconds(), Clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _live = new JsPart(Js, "./js/live.js");
        var there = await _live.CreateAsync("attach", _element, new
        {
            TimeZone,
            Language = CultureInfo.CurrentUICulture.Name,
            StaleAfter = (Heartbeat + Grace).TotalMilliseconds,
            Now = Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Texts = Keys.ToDictionary(key => char.ToLowerInvariant(key[0]) + key[1..], key => Text["Live" + key].Value),
        });
        if (there && _freshAsOf is { } known)
        {
            await BeatAsync(known);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _live?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static readonly string[] Keys =
        ["Waiting", "Fresh", "Stale", "Seconds", "MinutesSeconds", "Minutes", "HoursMinutes", "DaysHours", "Left", "Over", "Ago"];
}
