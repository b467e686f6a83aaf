namespace HongqiaoDashboard.Platform.Identity;

/// <summary>Names of the authorisation policies. Every page, hub and endpoint states one; there is no door without.</summary>
public static class Policies
{
    /// <summary>May look at the situation: KPIs, heat, stream without a reporter's words.</summary>
    public const string ViewSituation = "ViewSituation";
    /// <summary>May open cases and their facts.</summary>
    public const string ViewCases = "ViewCases";
    /// <summary>May move a case on.</summary>
    public const string WorkCases = "WorkCases";
    /// <summary>May change reference data: grid editions, categories, calendars.</summary>
    public const string Administer = "Administer";
    /// <summary>May read the intake's requests by a key. Without one everybody reads, and sees what everyone may know.</summary>
    public const string PublicIntake = "PublicIntake";
    /// <summary>May ask how the server is.</summary>
    public const string Observe = "Observe";
    /// <summary>May look after an account of their own: password, second step.</summary>
    public const string KeepOwnAccount = "KeepOwnAccount";
}
