using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Ui.Reference;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Features.Incidents.Pages.Admin;

/// <summary>The policy of promised times: its version in force is edited into the next one; earlier ones can be looked at.</summary>
public sealed partial class PromisesPage
{
    // In the order of the steps; the first two every rule must have.
    private static readonly (string Key, bool Optional)[] Fields =
        [("Resolve", false), ("Close", false), ("Accept", true), ("Dispatch", true), ("CheckIn", true), ("Handle", true), ("Verify", true)];

    private List<Draft> _rules = [];
    private IReadOnlyList<VersionRow> _history = [];
    private List<string> _faults = [];
    private string? _note;
    private string? _published;
    private int _basedOn;
    private int? _shown;
    private bool _changed;
    private bool _busy;

    [Inject]
    private PolicyBook Versions { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Load();

    private void Load()
    {
        (_basedOn, var policy) = Versions.InForce;
        (_rules, _history, _shown, _changed, _faults) = (
            [.. policy.Rules.Select(Draft.Of)],
            [.. Versions.History().Select(entry => new VersionRow(entry.Version, entry.At, entry.ActorName, entry.Note, entry.ActorName == Actor.System.Name))],
            null, false, []);
    }

    // What is shown takes the place of the draft.
    private async Task ShowAsync(int version)
    {
        if (_changed && !await MayLeaveAsync())
        {
            return;
        }

        if (version == Versions.InForce.Version)
        {
            Load();
        }
        else if (Versions.Find(version) is { } policy)
        {
            (_rules, _shown, _changed, _faults, _published) = ([.. policy.Rules.Select(Draft.Of)], version, false, [], null);
        }
    }

    private void Touch() => (_changed, _published) = (true, null);

    private void Add()
    {
        _rules.Add(new Draft());
        Touch();
    }

    private void Remove(Draft rule)
    {
        _rules.Remove(rule);
        Touch();
    }

    private void Choose(Draft rule, string? category)
    {
        rule.Category = category;
        rule.Type = rule.Type is { } type && Catalog.Type(type)?.Category == category ? type : null;
        Touch();
    }

    private void Say(Draft rule, string key, string? text)
    {
        rule.Promises[key] = text?.Trim();
        Touch();
    }

    private static bool IsGood(string? text, bool optional) => string.IsNullOrEmpty(text) ? optional : Promise.TryParse(text, out _);

    private string? Spoken(string? text) => Promise.TryParse(text, out var promise) ? Words.Promise(promise) : null;

    private string Scope(Draft rule) => string.Join(" · ", new[]
    {
        rule.Severity is { } severity ? Words.Severity(severity) : null,
        rule.Category is { } category ? Words.Category(category) : null,
        rule.Type is { } type ? Words.Type(type) : null,
    }.OfType<string>().DefaultIfEmpty(Text["Policy.All"]));

    private async Task AskAsync(LocationChangingContext context)
    {
        if (_changed && !await MayLeaveAsync())
        {
            context.PreventNavigation();
        }
    }

    private ValueTask<bool> MayLeaveAsync() => Js.InvokeAsync<bool>("confirm", Text["Policy.Leave"].Value);

    private async Task PublishAsync()
    {
        (_faults, _published) = ([], null);
        foreach (var (rule, index) in _rules.Select((rule, index) => (rule, index + 1)))
        {
            _faults.AddRange(Fields.Where(field => !IsGood(rule.Promises[field.Key], field.Optional)).Select(field => Text["Policy.Fault", index, Text[$"Policy.{field.Key}"]].Value));
        }

        if (_faults.Count > 0)
        {
            return;
        }

        var policy = new PromisePolicy([.. _rules.Select(rule => rule.ToRule())]);
        _faults.AddRange(policy.Faults(Catalog).Select(Words.Sentence));
        if (_faults.Count > 0)
        {
            return;
        }

        _busy = true;
        try
        {
            var user = (await Authentication).User;
            if (!(await Authorization.AuthorizeAsync(user, Policies.Administer)).Succeeded || Actor.From(user) is not { } actor)
            {
                _faults.Add(Text["NotAuthorized"]);
                return;
            }

            var version = await Versions.PublishAsync(policy, _basedOn, _note ?? "", actor);
            Load();
            (_note, _published) = (null, Text["Policy.Published", $"promise@{version}"]);
        }
        catch (RefusedException refused)
        {
            _faults.Add(Words.Sentence(refused.Refusal));
        }
        catch (StorageUnavailableException)
        {
            _faults.Add(Text["StorageUnavailable"]);
        }
        finally
        {
            _busy = false;
        }
    }

    private sealed class Draft
    {
        public IncidentSeverity? Severity { get; set; }
        public string? Category { get; set; }
        public string? Type { get; set; }
        public Dictionary<string, string?> Promises { get; } = Fields.ToDictionary(field => field.Key, _ => (string?)null);

        public static Draft Of(PromiseRule rule) => new()
        {
            Severity = rule.Severity, Category = rule.Category, Type = rule.Type,
            Promises =
            {
                ["Resolve"] = rule.Resolve.ToString(), ["Close"] = rule.Close.ToString(), ["Accept"] = rule.Accept?.ToString(), ["Dispatch"] = rule.Dispatch?.ToString(),
                ["CheckIn"] = rule.CheckIn?.ToString(), ["Handle"] = rule.Handle?.ToString(), ["Verify"] = rule.Verify?.ToString(),
            },
        };

        public PromiseRule ToRule() => new()
        {
            Severity = Severity, Category = Category, Type = Type, Resolve = Read("Resolve")!.Value, Close = Read("Close")!.Value,
            Accept = Read("Accept"), Dispatch = Read("Dispatch"), CheckIn = Read("CheckIn"), Handle = Read("Handle"), Verify = Read("Verify"),
        };

        private Promise? Read(string key) => Promise.TryParse(Promises[key], out var promise) ? promise : null;
    }
}
