using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Data.Sqlite;

namespace HongqiaoDashboard.Features.Incidents.Pages;

/// <summary>
/// The page of a case. It is read again whenever this process moves the case, and by the clock: that lets the time left run
/// and shows what another process did.
/// </summary>
public sealed partial class CasePage
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    // One slot: however often the case changes while the page is busy, it is read once more.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ComponentLifetime _life = new();
    private IDisposable? _subscription;
    private ITimer? _timer;
    private Incident? _case;
    private IReadOnlyList<IncidentEvent> _entries = [];
    private IReadOnlyList<(string Question, string Answer)> _answers = [];
    private Dictionary<string, object> _panelParameters = [];
    private string? _number;
    private DateTimeOffset _now;
    private bool _mayWork;
    private bool _loaded;
    private bool _failed;

    /// <summary>Number of the case.</summary>
    [Parameter]
    public string Number { get; set; } = "";

    [Inject]
    private IIncidentReader Reader { get; set; } = default!;

    [Inject]
    private IIncidentChanges Changes { get; set; } = default!;

    [Inject]
    private IIncidentCatalog Catalog { get; set; } = default!;

    [Inject]
    private IEnumerable<ICasePanel> Panels { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _timer = Time.CreateTimer(_ => Wake(), null, LookEvery, LookEvery);
        _ = FollowAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_number == Number)
        {
            return;
        }

        _number = Number;
        (_case, _entries, _answers, _loaded) = (null, [], [], false);
        _panelParameters = new() { ["Number"] = Number };
        // Listening begins before reading, so that nothing falls between.
        _subscription?.Dispose();
        _subscription = Changes.Subscribe(Number, Wake);
        _mayWork = (await Authorization.AuthorizeAsync((await Authentication).User, Policies.WorkCases)).Succeeded;
        await LoadAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Dispose();
        _subscription?.Dispose();
        _timer?.Dispose();
    }

    // Called on the writer's thread or the timer's: it only leaves word.
    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task FollowAsync()
    {
        try
        {
            await foreach (var _ in _wake.Reader.ReadAllAsync(_life.Token))
            {
                await InvokeAsync(async () =>
                {
                    await LoadAsync();
                    StateHasChanged();
                });
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page has gone.
        }
        catch (Exception e)
        {
            // Nobody awaits this loop: the layout's boundary shows what it fails with.
            await DispatchExceptionAsync(e);
        }
    }

    private async Task LoadAsync()
    {
        if (_life.HasEnded || Actor.From((await Authentication).User) is not { } actor)
        {
            return;
        }

        var number = Number;
        try
        {
            var found = await Reader.FindAsync(number, actor, _life.Token);
            var entries = found is null ? []
                : found.Version == _case?.Version && found.Number == _case.Number ? _entries
                : await Reader.TimelineAsync(number, actor, _life.Token);
            if (number != Number)
            {
                return;
            }

            (_case, _entries, _now, _failed, _loaded) = (found, entries, Time.GetUtcNow(), false, true);
            _answers = found is null ? [] : Answers(found);
        }
        catch (SqliteException) when (_case is not null)
        {
            // What is on the page stays, marked; the clock reads again.
            _failed = true;
        }
    }

    /// <summary>Free text as this reader may see it.</summary>
    private string? Own(string? text) => _mayWork ? text : PersonalNumbers.Mask(text);

    private IEnumerable<(string Label, string Value)> Facts(Incident shown)
    {
        yield return ("Category", $"{Words.Category(shown.Category)} · {Words.Type(shown.Type)}");
        yield return ("SeverityLabel", Words.Severity(shown.Severity));
        yield return ("ReportedAt", Words.When(shown.ReportedAt));
        yield return ("Grid", $"{Words.Grid(shown.GridCode, shown.State, shown.ReportedAt)} · {shown.GridCode}");
        if (shown.Address is { Length: > 0 } address)
        {
            yield return ("Address", Own(address)!);
        }

        yield return ("Coordinates", string.Create(CultureInfo.InvariantCulture, $"{shown.Latitude:0.000000}, {shown.Longitude:0.000000}"));
        if (Words.Department(shown.Department) is { } department)
        {
            yield return ("Department", department);
        }

        yield return ("Source", Words.Source(shown.Source));
        if (shown.MediaUrl is { Length: > 0 } photo)
        {
            // As text: the address is the reporter's and nobody has looked at where it leads.
            yield return ("Photo", Own(photo)!);
        }

        if (shown.StatusNotes is { Length: > 0 } notes)
        {
            yield return ("StatusNotes", Own(notes)!);
        }

        yield return ("Counts", Text["CountsText", shown.Reworks, shown.Extensions, shown.Reopenings]);
        yield return ("UpdatedAt", Words.When(shown.UpdatedAt));
        yield return ("Policy", shown.Policy);
    }

    private List<(string Question, string Answer)> Answers(Incident shown)
    {
        if (shown.Attributes is null)
        {
            return [];
        }

        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        var type = Catalog.Type(shown.Type);
        using var document = JsonDocument.Parse(shown.Attributes);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        return document.RootElement.EnumerateObject().Select(answer =>
        {
            var asked = type?.Attribute(answer.Name);
            var values = answer.Value.ValueKind == JsonValueKind.Array ? answer.Value.EnumerateArray().Select(Word) : [Word(answer.Value)];
            return (asked is null ? answer.Name : english ? asked.DescriptionEn : asked.Description, string.Join(Text["JoinValues"], values.Select(Named)));

            string Named(string key) => asked?.Value(key) is { } known ? english ? known.NameEn : known.Name : Own(key)!;
        }).ToList();
    }

    private static string Word(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
