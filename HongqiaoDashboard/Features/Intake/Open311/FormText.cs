namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Texts of a posted form: kept verbatim, or refused by name.</summary>
internal static class FormText
{
    /// <summary>Longest address of a photograph.</summary>
    public const int LongestMediaUrl = 2000;

    /// <summary>A text, or null when it is absent.</summary>
    /// <param name="fields">The form.</param>
    /// <param name="name">Name of the field.</param>
    /// <param name="longest">Most UTF-16 units.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="lines">Whether it may have several lines.</param>
    public static string? Read(FormFields fields, string name, int longest, List<Open311Fault> faults, bool lines = false)
    {
        if (!fields.TryGet(name, out var text))
        {
            return null;
        }

        if (text.Length > longest)
        {
            faults.Add(Open311Fault.BadCall("TextTooLong", name, longest, text.Length));
        }
        else if (!WireCharacters.IsKept(text, lines))
        {
            faults.Add(Open311Fault.BadCall(lines ? "CharactersRefused" : "CharactersRefusedInLine", name));
        }

        return text;
    }

    /// <summary>A text that must be there and say something.</summary>
    /// <param name="fields">The form.</param>
    /// <param name="name">Name of the field.</param>
    /// <param name="longest">Most UTF-16 units.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="lines">Whether it may have several lines.</param>
    public static string Required(FormFields fields, string name, int longest, List<Open311Fault> faults, bool lines = false)
    {
        var text = Read(fields, name, longest, faults, lines);
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add(Open311Fault.BadCall("ParameterMissing", name));
        }

        return text ?? "";
    }

    /// <summary>The address of a photograph, or null when it is absent. It is kept as text and never fetched.</summary>
    public static string? MediaUrl(FormFields fields, List<Open311Fault> faults)
    {
        var before = faults.Count;
        var text = Read(fields, "media_url", LongestMediaUrl, faults);
        if (text is null || faults.Count > before)
        {
            return null;
        }

        // Only what a browser may follow harmlessly is taken.
        if (text.Any(char.IsWhiteSpace) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            faults.Add(Open311Fault.BadCall("MediaUrlWrong"));
        }

        return text;
    }
}
