using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Platform.Audit;

/// <summary>Takes note of who was turned away. Many at one door become one record with their number, so that nobody fills the disk by knocking.</summary>
public interface IDenials
{
    /// <summary>Notes one; returns at once and never throws. It stands in the trail when the minute is over.</summary>
    /// <param name="door">
    /// Which door: a pattern or a name that the program gives, or the identity of an account that exists; never what the caller
    /// sent, which may be a password that was typed into the wrong field.
    /// </param>
    /// <param name="actor">Who; null when nobody is signed in.</param>
    /// <param name="origin">From where; null for where the actor comes from.</param>
    /// <param name="act">Of <see cref="AuditActs"/>: a door that stays shut, or a sign-in that fails.</param>
    void Note(string door, Actor? actor, CallOrigin? origin = null, string act = AuditActs.AccessDenied);
}
