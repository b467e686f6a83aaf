using System.Collections.Frozen;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>
/// What each role may do. A role that is not named at a policy does not pass it, and a role that nobody here knows passes none,
/// so that a new role begins with nothing. How far somebody sees is told by the actor's scope, not here.
/// </summary>
public static class Grants
{
    private static readonly string[] Staff =
    [
        Roles.Leader, Roles.DistrictOperator, Roles.StreetDispatcher, Roles.CommunityOperator, Roles.DepartmentHandler,
        Roles.GridWorker, Roles.Supervisor, Roles.Evaluator, Roles.RoomOperator, Roles.Admin,
    ];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Granted = new Dictionary<string, string[]>
    {
        [Policies.ViewSituation] = [.. Staff, Roles.Wall, Roles.Reader],
        // Who works the hall's equipment has no need of cases; walls and programs that read see no reporter's words.
        [Policies.ViewCases] = [.. Staff.Except([Roles.RoomOperator])],
        [Policies.WorkCases] = [Roles.DistrictOperator, Roles.StreetDispatcher, Roles.CommunityOperator, Roles.DepartmentHandler, Roles.GridWorker, Roles.Admin],
        [Policies.Administer] = [Roles.Admin],
        [Policies.PublicIntake] = [.. Staff, Roles.Reporter, Roles.Reader],
        [Policies.KeepOwnAccount] = Staff,
        [Policies.Observe] = [Roles.Admin, Roles.Reader],
    }.ToFrozenDictionary(granted => granted.Key, granted => granted.Value.ToFrozenSet());

    /// <summary>The policies that something is granted by.</summary>
    public static IEnumerable<string> Known => Granted.Keys;

    /// <summary>The roles that pass a policy.</summary>
    /// <param name="policy">A policy of <see cref="Policies"/>.</param>
    /// <returns>Role slugs of <see cref="Roles"/>; none for a policy that is not known.</returns>
    public static IReadOnlySet<string> Of(string policy) => Granted.GetValueOrDefault(policy) ?? FrozenSet<string>.Empty;
}
