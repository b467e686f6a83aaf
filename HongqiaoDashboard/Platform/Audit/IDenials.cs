using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Platform.Audit;

/// <summary>Takes note of who was turned away. Many at one door become one record with their number, so that nobody fills the disk by knocking.</summary>
public interface IDenials
{
    /// <summary>Notes one; returns at once and never throws.</summary>
    /// <param name="door">Which door: a pattern or a name that the program gives, never what the caller sent.</param>
    /// <param name="actor">Who; null when nobody is signed in.</param>
    /// <param name="origin">From where; null for where the actor comes from.</param>
    void Note(string door, Actor? actor, CallOrigin? origin = null);
}
