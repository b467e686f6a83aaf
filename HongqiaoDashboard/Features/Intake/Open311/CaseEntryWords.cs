using System.Globalization;
using System.Text.Json;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>How entries of the log are told: the status and the sentence are ours, words are for the case's reporter only.</summary>
internal sealed class CaseEntryWords(IIncidentCatalog catalog)
{
    /// <summary>
    /// The status of the updates extension after an entry. Its words are finer than <c>open</c> and <c>closed</c>: a case
    /// that the department has dealt with is <c>fixed</c>, and stays open until it is closed.
    /// </summary>
    public static string Status(CaseEntry entry) => entry.Kind == Kind.Reopened ? "open" : entry.To switch
    {
        IncidentState.Accepted => "investigating",
        IncidentState.Dispatched => "action_scheduled",
        IncidentState.CheckedIn or IncidentState.Handling => "in_progress",
        IncidentState.Suspended => "planned",
        IncidentState.Resolved or IncidentState.Verified => "fixed",
        IncidentState.Closed => "closed",
        IncidentState.Rejected => "no_further_action",
        IncidentState.Merged => "duplicate",
        _ => "open",
    };

    /// <summary>Name of what happened, for programs.</summary>
    public static string Type(CaseEntry entry) => JsonNamingPolicy.SnakeCaseLower.ConvertName(entry.Kind.ToString());

    /// <summary>What happened, with the words of whoever did it where the reader may have them.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="reporter">Who reads; null for anyone.</param>
    /// <param name="language">Language of our sentence.</param>
    public string Description(CaseEntry entry, string? reporter, CultureInfo language)
    {
        var words = entry.IsOwnCase(reporter) ? PersonalNumbers.Mask(entry.Detail.Text) : null;
        if (entry.IsOwn(reporter) && words is not null)
        {
            return words;
        }

        var sentence = Sentence(entry, language);
        return string.IsNullOrEmpty(words) ? sentence : Open311Texts.Get(language, "NotesWithWords", sentence, words);
    }

    private string Sentence(CaseEntry entry, CultureInfo language) => entry.Kind switch
    {
        Kind.Merged => Open311Texts.Get(language, "NotesMerged", entry.Detail.MergedInto ?? ""),
        Kind.Dispatched when catalog.Department(entry.Detail.Department ?? "") is { } department =>
            Open311Texts.Get(language, "EntryDispatchedTo", new BothNames(department.Name, department.NameEn)),
        _ => Open311Texts.Get(language, "Entry" + entry.Kind),
    };
}
