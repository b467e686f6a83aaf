using System.Collections.Frozen;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>The documented columns of an import: the fields that a mapping fills.</summary>
internal static class ImportFields
{
    public const string ExternalId = "external_id";
    public const string Type = "type";
    public const string Severity = "severity";
    public const string ReportedAt = "reported_at";
    public const string Latitude = "lat";
    public const string Longitude = "lon";
    public const string Address = "address";
    public const string Description = "description";
    public const string Department = "department";
    public const string MediaUrl = "media_url";
    public const string Attributes = "attributes";
    public const string Result = "result";
    public const string ResolveBy = "resolve_by";
    public const string CloseBy = "close_by";
    public const string SuspendedUntil = "suspended_until";
    public const string ExtendedTo = "extended_to";

    /// <summary>Columns that name the time of a step.</summary>
    public static readonly FrozenDictionary<string, IncidentEventKind> Steps = new Dictionary<string, IncidentEventKind>
    {
        ["accepted_at"] = IncidentEventKind.Accepted,
        ["dispatched_at"] = IncidentEventKind.Dispatched,
        ["checked_in_at"] = IncidentEventKind.CheckedIn,
        ["handling_at"] = IncidentEventKind.HandlingStarted,
        ["suspended_at"] = IncidentEventKind.Suspended,
        ["resumed_at"] = IncidentEventKind.Resumed,
        ["extended_at"] = IncidentEventKind.Extended,
        ["reworked_at"] = IncidentEventKind.Reworked,
        ["resolved_at"] = IncidentEventKind.Resolved,
        ["verified_at"] = IncidentEventKind.Verified,
        ["rejected_at"] = IncidentEventKind.Rejected,
        ["closed_at"] = IncidentEventKind.Closed,
    }.ToFrozenDictionary();

    /// <summary>All fields, in the order in which they are documented.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        ExternalId, Type, ReportedAt, Latitude, Longitude, Severity, Address, Description, Department, MediaUrl, Attributes,
        "accepted_at", "dispatched_at", "checked_in_at", "handling_at", "suspended_at", SuspendedUntil, "resumed_at", "extended_at", ExtendedTo,
        "reworked_at", "resolved_at", "verified_at", "rejected_at", "closed_at", Result, ResolveBy, CloseBy,
    ];

    /// <summary>Fields without which there is no case.</summary>
    public static readonly IReadOnlyList<string> Required = [ExternalId, Type, ReportedAt, Latitude, Longitude];

    /// <summary>Fields that several columns may fill together, one after another.</summary>
    public static readonly IReadOnlyList<string> Joined = [Address, Description, Result];

    /// <summary>Whether a field is a time.</summary>
    /// <param name="field">The field.</param>
    public static bool IsTime(string field) =>
        Steps.ContainsKey(field) || field is ReportedAt or ResolveBy or CloseBy or SuspendedUntil or ExtendedTo;

    /// <summary>The field that names a step's time.</summary>
    /// <param name="kind">The step.</param>
    public static string Of(IncidentEventKind kind) =>
        kind == IncidentEventKind.Reported ? ReportedAt : Steps.FirstOrDefault(step => step.Value == kind).Key ?? "";
}
