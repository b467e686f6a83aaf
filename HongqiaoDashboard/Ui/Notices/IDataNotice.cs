namespace HongqiaoDashboard.Ui.Notices;

/// <summary>
/// A slot on every page and wall: what must be said of the data that is shown, for example that it is made up. Whoever knows
/// registers one of these as a service.
/// </summary>
public interface IDataNotice
{
    /// <summary>A few words in the language of the current user; null while there is nothing to say.</summary>
    string? Text { get; }

    /// <summary>A sentence that explains them; null for none.</summary>
    string? Hint { get; }
}
