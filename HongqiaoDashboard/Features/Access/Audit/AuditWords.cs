using System.Globalization;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Access.Audit;

/// <summary>How the trail is spoken of, in the language of the current user and the time zone of the district.</summary>
internal sealed class AuditWords(IStringLocalizer<AuditTexts> text, IGridDirectory grids)
{
    private const string ActPrefix = "Act.";

    /// <summary>The zone of all times that are shown, and of the days of filters.</summary>
    public TimeZoneInfo Zone => grids.Current.TimeZone;

    /// <summary>Slugs of all acts that have words, in the order of their words.</summary>
    public IReadOnlyList<string> Acts => [.. text.GetAllStrings(includeParentCultures: true).Select(known => known.Name)
        .Where(name => name.StartsWith(ActPrefix, StringComparison.Ordinal)).Select(name => name[ActPrefix.Length..]).Distinct()
        .OrderBy(Act, StringComparer.Create(CultureInfo.CurrentUICulture, ignoreCase: true))];

    /// <summary>What was done; a slug that has no words speaks for itself.</summary>
    public string Act(string slug) => Known(ActPrefix + slug) ?? slug;

    public string Result(AuditResult result) => Known($"Result.{result}") ?? result.ToString();

    /// <summary>Who did it: the name, and the identity if it says more.</summary>
    public string Who(AuditRow row) => Known($"Actor.{row.ActorId}") ?? (row.ActorName.Length == 0 ? row.ActorId : row.ActorName);

    /// <summary>From where.</summary>
    public string Where(AuditRow row) => row.Address is null ? text["Nowhere"] : Known($"Origin.{row.Address}") ?? row.Address;

    /// <summary>Local time to the second.</summary>
    public string When(DateTimeOffset instant) => Zone.At(instant).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Its facts, each a name and a value.</summary>
    public string Facts(AuditRow row) => string.Join(" · ", AuditText.Read(row.Facts).Select(fact => $"{Known($"Fact.{fact.Name}") ?? fact.Name} {Value(fact.Value)}"));

    // An instant is local, like all that is shown.
    private string Value(string value) =>
        DateTimeOffset.TryParseExact(value, AuditFact.Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? When(instant) : value;

    private string? Known(string key) => text[key] is { ResourceNotFound: false } known ? known.Value : null;
}
