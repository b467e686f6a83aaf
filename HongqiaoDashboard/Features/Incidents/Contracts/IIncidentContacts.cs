using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Vault;

namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>
/// How to reach whoever reported a case. It is kept encrypted, shown masked, and given in clear only for a reason that the
/// case's log keeps; some time after the case has ended it is erased. For those who may work cases: the caller has asked.
/// </summary>
public interface IIncidentContacts
{
    /// <summary>Longest reason, characters.</summary>
    const int LongestReason = 200;

    /// <summary>The contact, masked.</summary>
    /// <param name="number">Number of the case; one out of the actor's scope has no contact.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<ContactGlimpse> LookAsync(string number, Actor actor, CancellationToken cancellation = default);

    /// <summary>The contact in clear, after the log entry that says who asked for it and why has reached the disk.</summary>
    /// <param name="number">Number of the case.</param>
    /// <param name="reason">Why; phone and identity numbers in it are masked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="Kernel.RefusedException"><c>NotFound</c>, <c>ReasonMissing</c>, <c>TextTooLong</c>, <c>ContactGone</c>, <c>ContactUnreadable</c>.</exception>
    /// <exception cref="Platform.Persistence.StorageUnavailableException">Nothing was stored and nothing is shown; try again later.</exception>
    Task<ReporterContact> RevealAsync(string number, string reason, Actor actor, CancellationToken cancellation = default);
}

/// <summary>A contact as it may be shown without a reason.</summary>
/// <param name="State">Whether there is one.</param>
/// <param name="Name">Its first character.</param>
/// <param name="Phone">Its first three and last two digits.</param>
/// <param name="Email">Its first character and its domain.</param>
/// <param name="Fault">Why it cannot be read.</param>
public sealed record ContactGlimpse(ContactState State, string? Name = null, string? Phone = null, string? Email = null, VaultFault? Fault = null);

/// <summary>What there is of a contact.</summary>
public enum ContactState
{
    /// <summary>None was given, or it was erased.</summary>
    None = 0,

    /// <summary>It can be revealed.</summary>
    Kept = 1,

    /// <summary>It was given while the server had no key to keep it with.</summary>
    NotKept = 2,

    /// <summary>It is there and cannot be read.</summary>
    Unreadable = 3,
}
