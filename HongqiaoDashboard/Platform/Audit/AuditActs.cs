namespace HongqiaoDashboard.Platform.Audit;

/// <summary>
/// Names of acts that several features record. What only one feature does it names itself, by the same pattern. A name stands in
/// rows that nobody can change, so none is ever renamed; each has words in the trail's resource files.
/// </summary>
public static class AuditActs
{
    /// <summary>Somebody was turned away at a door: by <see cref="IDenials"/> only.</summary>
    public const string AccessDenied = "access.denied";

    /// <summary>Signed in; subject: the account's identity.</summary>
    public const string SignedIn = "session.begun";
    /// <summary>A wrong password, code or key, or an account that may not: by <see cref="IDenials"/>, because anybody can knock.</summary>
    public const string SignInRefused = "session.refused";
    /// <summary>Signed out, by themselves or by whoever ended their sessions.</summary>
    public const string SignedOut = "session.ended";

    /// <summary>An account was made; subject: its identity.</summary>
    public const string AccountCreated = "account.created";
    /// <summary>Its name, mail or other description was changed; facts: which fields, not what they were.</summary>
    public const string AccountChanged = "account.changed";
    /// <summary>A password or second factor was set or taken away, by whomever.</summary>
    public const string CredentialsChanged = "account.credentials-changed";
    /// <summary>Role or scope was changed; see <see cref="AuditRecords.RightsChanged"/>.</summary>
    public const string RightsChanged = "account.rights-changed";
    /// <summary>Too many wrong passwords shut it for a while.</summary>
    public const string AccountLocked = "account.locked";
    /// <summary>It was opened again before its time.</summary>
    public const string AccountUnlocked = "account.unlocked";
    /// <summary>It was shut for good.</summary>
    public const string AccountDeactivated = "account.deactivated";
    /// <summary>It was opened again.</summary>
    public const string AccountReactivated = "account.reactivated";

    /// <summary>A key for a program was made; subject: its name or identity, never the key.</summary>
    public const string KeyCreated = "key.created";
    /// <summary>Its name, scope or end was changed.</summary>
    public const string KeyChanged = "key.changed";
    /// <summary>It was taken back.</summary>
    public const string KeyRevoked = "key.revoked";

    /// <summary>A display was let in; subject: its name or identity, never its code.</summary>
    public const string WallPaired = "wall.paired";
    /// <summary>What it shows was changed.</summary>
    public const string WallChanged = "wall.changed";
    /// <summary>It was shut out.</summary>
    public const string WallRevoked = "wall.revoked";

    /// <summary>A device was told to do something; subject: the device; fact <c>command</c>: what.</summary>
    public const string DeviceCommanded = "device.commanded";

    /// <summary>A setting of the program was changed; subject: which.</summary>
    public const string SettingChanged = "setting.changed";
}

/// <summary>Records that are made in more than one place.</summary>
public static class AuditRecords
{
    /// <summary>What somebody may do, or how far they see, was changed. What stays the same is left out.</summary>
    /// <param name="account">Identity of the account.</param>
    /// <param name="roleBefore">Role slug before; null for none.</param>
    /// <param name="roleAfter">Role slug now; null for none.</param>
    /// <param name="scopeBefore">Grid code before; null for everything.</param>
    /// <param name="scopeAfter">Grid code now; null for everything.</param>
    public static AuditRecord RightsChanged(string account, string? roleBefore, string? roleAfter, string? scopeBefore, string? scopeAfter)
    {
        var facts = new List<AuditFact>();
        if (roleBefore != roleAfter)
        {
            facts.AddRange([new("roleBefore", roleBefore ?? "-"), new("role", roleAfter ?? "-")]);
        }

        if (scopeBefore != scopeAfter)
        {
            facts.AddRange([new("scopeBefore", scopeBefore ?? "*"), new("scope", scopeAfter ?? "*")]);
        }

        return new AuditRecord(AuditActs.RightsChanged, account) { Facts = facts };
    }
}
