namespace HongqiaoDashboard.Features.Access.Audit;

/// <summary>Names the resource file of the audit trail.</summary>
internal sealed class AuditTexts;
