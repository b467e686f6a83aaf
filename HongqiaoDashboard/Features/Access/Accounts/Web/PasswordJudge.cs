using HongqiaoDashboard.Features.Access.Accounts.Domain;
using Microsoft.AspNetCore.Identity;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>All that is wrong with a password that somebody has chosen.</summary>
internal sealed class PasswordJudge(UserManager<Account> users)
{
    /// <summary>Judges.</summary>
    /// <param name="account">For whom, as far as it is known.</param>
    /// <param name="password">What was typed.</param>
    /// <returns>Keys of sentences; empty when it may be taken.</returns>
    public async Task<IReadOnlyList<string>> FaultsAsync(Account account, string? password)
    {
        var faults = new List<string>();
        foreach (var validator in users.PasswordValidators)
        {
            faults.AddRange((await validator.ValidateAsync(users, account, password ?? "")).Errors.Select(error => error.Code));
        }

        return [.. faults.Distinct()];
    }
}
