using System.Security.Claims;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>Who acts or reads, and how far they see. Every command and every read names one.</summary>
/// <param name="Id">Stable identity, for the log; never a phone or identity number.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Role">A role slug of <see cref="Roles"/>.</param>
/// <param name="ScopeCode">Grid code that bounds what may be seen; null for everything.</param>
public sealed record Actor(string Id, string Name, string Role, string? ScopeCode)
{
    /// <summary>From where, for the audit trail; null for the program itself. What somebody may see or do never depends on it.</summary>
    public CallOrigin? Origin { get; init; }

    /// <summary>Claim that carries <see cref="ScopeCode"/>.</summary>
    public const string ScopeClaim = "hq:scope";

    /// <summary>Claim that carries <see cref="Department"/>.</summary>
    public const string DepartmentClaim = "hq:department";

    /// <summary>
    /// Code of the department that bounds which cases may be seen: those that it has been dispatched to. Null for no such bound.
    /// Figures and redacted cards are bounded by <see cref="ScopeCode"/> alone, since they tell of places and not of departments.
    /// </summary>
    public string? Department { get; init; }

    /// <summary>True when anything bounds what this actor sees.</summary>
    public bool IsBound => ScopeCode is not null || Department is not null;

    /// <summary>Whether a grid lies within <see cref="ScopeCode"/>: a grid's code begins with the codes of those above it.</summary>
    /// <param name="gridCode">Code of a grid of any tier.</param>
    public bool Reaches(string gridCode) => ScopeCode is not { } scope || gridCode.StartsWith(scope, StringComparison.Ordinal);

    /// <summary>The program itself: projections, sweeps and verbs.</summary>
    public static Actor System { get; } = new("system", "system", Roles.Admin, null);

    /// <summary>Whoever sits at this machine's command line, named as the operating system does.</summary>
    public static Actor Console { get; } = new("console", Environment.UserName, Roles.Admin, null) { Origin = CallOrigin.Console };

    /// <summary>Whoever is not signed in.</summary>
    public static Actor Nobody { get; } = new("anonymous", "", "", null);

    /// <summary>Reads the actor out of an authenticated principal.</summary>
    /// <param name="principal">The caller.</param>
    /// <returns>The actor, or null when nobody is signed in.</returns>
    public static Actor? From(ClaimsPrincipal? principal)
    {
        if (principal?.Identity?.IsAuthenticated != true || principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
        {
            return null;
        }

        return new Actor(
            id,
            principal.Identity.Name ?? id,
            principal.FindFirstValue(ClaimTypes.Role) ?? Roles.Reader,
            principal.FindFirstValue(ScopeClaim)) { Department = principal.FindFirstValue(DepartmentClaim), Origin = CallOrigin.Of(principal) };
    }
}

/// <summary>Role slugs, as other programs and the command line name them.</summary>
public static class Roles
{
    /// <summary>Reads everything, decides nothing.</summary>
    public const string Leader = "leader";
    /// <summary>Works cases of the whole district.</summary>
    public const string DistrictOperator = "district-operator";
    /// <summary>Dispatches departments for a street.</summary>
    public const string StreetDispatcher = "street-dispatcher";
    /// <summary>Works cases of a community.</summary>
    public const string CommunityOperator = "community-operator";
    /// <summary>Handles what a department was dispatched.</summary>
    public const string DepartmentHandler = "department-handler";
    /// <summary>Reports and verifies on the spot.</summary>
    public const string GridWorker = "grid-worker";
    /// <summary>Follows up breaches.</summary>
    public const string Supervisor = "supervisor";
    /// <summary>Prepares the monthly evaluation.</summary>
    public const string Evaluator = "evaluator";
    /// <summary>Works the command hall's equipment.</summary>
    public const string RoomOperator = "room-operator";
    /// <summary>Administers the platform.</summary>
    public const string Admin = "admin";
    /// <summary>A program that posts over Open311.</summary>
    public const string Reporter = "reporter";
    /// <summary>A program that reads the API.</summary>
    public const string Reader = "reader";
    /// <summary>A display.</summary>
    public const string Wall = "wall";

    /// <summary>All of them, people's first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Leader, DistrictOperator, StreetDispatcher, CommunityOperator, DepartmentHandler, GridWorker, Supervisor, Evaluator, RoomOperator, Admin,
        Reporter, Reader, Wall,
    ];
}
