using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Access.Accounts.Domain;

/// <summary>How far a role's accounts see.</summary>
internal enum Reach
{
    /// <summary>Everything, or one grid of any tier.</summary>
    Any,

    /// <summary>Always everything.</summary>
    Everything,

    /// <summary>A grid of the tier of the same name, and what lies below it.</summary>
    Street,

    /// <summary>A community.</summary>
    Community,

    /// <summary>A community or a basic grid.</summary>
    CommunityOrBasic,

    /// <summary>A department's cases; a grid may bound them further.</summary>
    Department,
}

/// <summary>What may be said of an account, before anything is stored.</summary>
internal static class AccountRules
{
    /// <summary>Shortest user name.</summary>
    public const int ShortestUserName = 2;

    /// <summary>Longest user name and longest displayed name.</summary>
    public const int LongestName = 40;

    /// <summary>The roles that people have, in the order in which they are offered; the others belong to programs and displays.</summary>
    public static IReadOnlyList<string> OfPeople { get; } =
    [
        Roles.Leader, Roles.DistrictOperator, Roles.StreetDispatcher, Roles.CommunityOperator, Roles.DepartmentHandler,
        Roles.GridWorker, Roles.Supervisor, Roles.Evaluator, Roles.RoomOperator, Roles.Admin,
    ];

    /// <summary>How far a role sees.</summary>
    /// <param name="role">A slug of <see cref="OfPeople"/>.</param>
    public static Reach ReachOf(string role) => role switch
    {
        Roles.Admin or Roles.RoomOperator => Reach.Everything,
        Roles.StreetDispatcher => Reach.Street,
        Roles.CommunityOperator => Reach.Community,
        Roles.GridWorker => Reach.CommunityOrBasic,
        Roles.DepartmentHandler => Reach.Department,
        _ => Reach.Any,
    };

    /// <summary>Checks a user name. It stands in logs, so nothing of a person but what they are called at work may be in it.</summary>
    /// <param name="userName">As typed, white space around it taken off.</param>
    /// <exception cref="RefusedException"><c>UserNameBad</c>, <c>UserNamePersonal</c>.</exception>
    public static void CheckUserName(string userName)
    {
        if (userName.Length is < ShortestUserName or > LongestName || !userName.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '@'))
        {
            throw new RefusedException("UserNameBad", ShortestUserName, LongestName);
        }

        if (PersonalNumbers.Mask(userName) != userName)
        {
            throw new RefusedException("UserNamePersonal");
        }
    }

    /// <summary>Checks the name that others see.</summary>
    /// <param name="name">As typed, white space around it taken off.</param>
    /// <exception cref="RefusedException"><c>DisplayNameBad</c>, <c>DisplayNamePersonal</c>.</exception>
    public static void CheckDisplayName(string name)
    {
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            throw new RefusedException("DisplayNameBad", LongestName);
        }

        if (PersonalNumbers.Mask(name) != name)
        {
            throw new RefusedException("DisplayNamePersonal");
        }
    }
}
