using Microsoft.AspNetCore.Identity;

namespace HongqiaoDashboard.Features.Access.Accounts.Domain;

/// <summary>
/// Refuses passwords that are tried first: long enough, but what everybody takes, or made of the account's own name. Length and
/// number of different characters are judged by ASP.NET Core Identity; kinds of characters are not asked for, since people then
/// choose what is easy to guess.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    /// <summary>Shortest password, characters.</summary>
    public const int Shortest = 10;

    /// <summary>Longest password, characters; hashing more would only cost time.</summary>
    public const int Longest = 128;

    /// <summary>Fewest different characters.</summary>
    public const int FewestDifferent = 5;

    private const int ShortestPart = 3;

    // The usual beginnings and wholes of lists of leaked passwords, as far as they are long enough to pass otherwise.
    private static readonly string[] Common =
    [
        "1234567890", "0123456789", "9876543210", "1q2w3e4r5t", "1qaz2wsx3edc", "qwertyuiop", "asdfghjkl", "password", "passw0rd", "administrator",
        "admin123", "iloveyou", "woaini", "5201314", "88888888", "66666666", "abcdefghij", "letmein", "welcome", "changeme", "hongqiao",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var typed = password ?? "";
        var faults = new List<IdentityError>();
        if (typed.Length > Longest)
        {
            faults.Add(new IdentityError { Code = "PasswordTooLong" });
        }

        if (IsMadeOf(typed, Common))
        {
            faults.Add(new IdentityError { Code = "PasswordCommon" });
        }

        if (IsMadeOf(typed, [user.UserName, user.DisplayName]))
        {
            faults.Add(new IdentityError { Code = "PasswordOfName" });
        }
        else if (faults.Count == 0 && IsMadeOf(typed, [user.UserName, user.DisplayName, .. Common]))
        {
            faults.Add(new IdentityError { Code = "PasswordCommon" });
        }

        return Task.FromResult(faults.Count == 0 ? IdentityResult.Success : IdentityResult.Failed([.. faults]));
    }

    // What is left beside the words, however often they stand there, is too short to be a secret.
    private static bool IsMadeOf(string password, IEnumerable<string> words)
    {
        var left = words.Where(word => word.Length >= ShortestPart).OrderByDescending(word => word.Length)
            .Aggregate(password, (rest, word) => rest.Replace(word, "", StringComparison.OrdinalIgnoreCase));
        return left.Length < password.Length && left.Length < Shortest / 2;
    }
}
