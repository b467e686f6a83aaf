namespace HongqiaoDashboard.Platform.Identity;

/// <summary>
/// One way of saying who one is: an authentication scheme, how a request shows that it comes this way, and which requests it
/// answers when nobody said anything. A feature adds its own with <see cref="IdentityRegistration.AddIdentityDoor"/>; the first by
/// <see cref="Order"/> that fits is asked, and no other, so that a caller never acts under two names.
/// </summary>
/// <param name="Scheme">Name of the authentication scheme.</param>
/// <param name="Order">Lower is asked first.</param>
/// <param name="Knocks">True when the request carries what this scheme reads, valid or not.</param>
/// <param name="Answers">True when this scheme tells a caller without any identity what to do; null for never.</param>
public sealed record IdentityDoor(string Scheme, int Order, Func<HttpContext, bool> Knocks, Func<HttpContext, bool>? Answers = null)
{
    /// <summary>
    /// False when the caller came by this door and has been ended since the request was judged; true for everybody else. Null where
    /// nothing can be ended. It is asked once a connection that stays has been entered, so that none slips through beside its end.
    /// </summary>
    public Func<HttpContext, bool>? Stands { get; init; }

    /// <summary>Finds the scheme that a request is to be judged by.</summary>
    /// <param name="doors">All doors.</param>
    /// <param name="context">The request.</param>
    /// <returns>The scheme; null when none fits.</returns>
    public static string? For(IEnumerable<IdentityDoor> doors, HttpContext context)
    {
        var ordered = doors.OrderBy(door => door.Order).ToList();
        return (ordered.Find(door => door.Knocks(context)) ?? ordered.Find(door => door.Answers?.Invoke(context) == true))?.Scheme;
    }
}
