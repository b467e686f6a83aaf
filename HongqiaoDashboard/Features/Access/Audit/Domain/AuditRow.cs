using HongqiaoDashboard.Platform.Audit;

namespace HongqiaoDashboard.Features.Access.Audit.Domain;

/// <summary>A row of the trail: a link of the chain. It is written once; the database refuses to change or to remove it.</summary>
internal sealed record AuditRow
{
    /// <summary>Place in the trail, from 1 and without gaps.</summary>
    public required long Seq { get; init; }
    /// <summary>The instant of the transaction.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Identity of who did it.</summary>
    public required string ActorId { get; init; }
    /// <summary>Their name, as it was then.</summary>
    public required string ActorName { get; init; }
    /// <summary>Their role, as it was then.</summary>
    public required string ActorRole { get; init; }
    /// <summary>From where: a peer's address or "console"; null for the program itself.</summary>
    public string? Address { get; init; }
    /// <summary>The server's own name of the connection.</summary>
    public string? Connection { get; init; }
    /// <summary>What was done.</summary>
    public required string Act { get; init; }
    /// <summary>How it ended.</summary>
    public required AuditResult Result { get; init; }
    /// <summary>What it was done to.</summary>
    public string? Subject { get; init; }
    /// <summary>What else matters: a JSON object of texts, its members in their order.</summary>
    public required string Facts { get; init; }
    /// <summary>Hash of the row before it; 32 zeros before the first.</summary>
    public required byte[] Previous { get; init; }
    /// <summary>SHA-256 of all the above, see <see cref="AuditEncoding"/>.</summary>
    public byte[] Hash { get; init; } = [];
}
