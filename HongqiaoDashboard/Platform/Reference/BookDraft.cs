using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Platform.Reference;

/// <summary>
/// Somebody's work on the next version of a book: begun from the version in force, changed as a whole, published with a note.
/// It lives as long as the page that shows it and nobody else sees it. When somebody else publishes first, a draft without
/// changes follows and one with changes is kept. Used by one page, on its thread.
/// </summary>
/// <typeparam name="TVersion">What a version of the book is.</typeparam>
/// <typeparam name="TDraft">The form in which it is changed: immutable.</typeparam>
/// <param name="book">The book.</param>
public abstract class BookDraft<TVersion, TDraft>(VersionedBook<TVersion> book) where TVersion : class where TDraft : class
{
    private static readonly Refusal MayNotAdminister = new("MayNotAdminister");
    private static readonly Refusal StorageUnavailable = new("StorageUnavailable");

    private TDraft? _before;
    private TDraft? _value;

    /// <summary>Raised when something else is to be shown: the draft was changed or begun anew, or another version is looked at.</summary>
    public event Action? Turned;

    /// <summary>The version that it was begun from.</summary>
    public int Base { get; private set; }

    /// <summary>What that version says.</summary>
    public TDraft Before => _before ?? throw new InvalidOperationException("Begin first.");

    /// <summary>The version in force: the one that it was begun from, unless somebody else has published since.</summary>
    public int InForce => OvertakenBy ?? Base;

    /// <summary>What the draft says.</summary>
    public TDraft Value => _value ?? throw new InvalidOperationException("Begin first.");

    /// <summary>What is to be shown: the draft, or the version that is looked at in its place.</summary>
    public TDraft Shown => Viewed is null ? Value : ViewedValue!;

    /// <summary>The version that is looked at in place of the draft, or null.</summary>
    public int? Viewed { get; private set; }

    /// <summary>Whether what is shown cannot be changed.</summary>
    public bool IsReadOnly => Viewed is not null;

    /// <summary>What changed between the version that is looked at and the one that the draft was begun from, from the older to the newer, in words.</summary>
    public IReadOnlyList<string> ViewedChanges { get; private set; } = [];

    /// <summary>What the draft changes, in words.</summary>
    public IReadOnlyList<string> Changes { get; private set; } = [];

    /// <summary>What keeps it from being published, in words. A draft that changes nothing has no faults.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>All versions, the newest first.</summary>
    public IReadOnlyList<VersionEntry> History { get; private set; } = [];

    /// <summary>The version that was published last from here, until something is changed again.</summary>
    public int? Published { get; private set; }

    /// <summary>The version that somebody else published meanwhile, so that this draft cannot be published any more; null while it can.</summary>
    public int? OvertakenBy { get; private set; }

    /// <summary>
    /// Why it was not published, or null: <c>MayNotAdminister</c>, <c>StorageUnavailable</c>, and what
    /// <see cref="VersionedBook{T}.PublishAsync"/> refuses. The feature's words have a sentence for each.
    /// </summary>
    public Refusal? Problem { get; private set; }

    /// <summary>Whether it is being published.</summary>
    public bool IsBusy { get; private set; }

    private TDraft? ViewedValue { get; set; }

    /// <summary>Begins from the version in force; what was changed is lost.</summary>
    public void Begin()
    {
        (Base, var version) = book.InForce;
        (_before, History) = (Open(version), book.History());
        (Problem, OvertakenBy) = (null, null);
        Leave();
        Edit(_before);
    }

    /// <summary>Changes it.</summary>
    /// <param name="value">What it says from now on.</param>
    public void Edit(TDraft value)
    {
        _value = value;
        Changes = [.. ChangesOf(Before, value)];
        Faults = Changes.Count == 0 ? [] : [.. FaultsOf(value, Before)];
        Published = Changes.Count == 0 ? Published : null;
        Turned?.Invoke();
    }

    /// <summary>Looks at a version; the draft is kept behind it, and looking at the version that it was begun from is going back to it.</summary>
    /// <param name="version">Its number.</param>
    public void View(int version)
    {
        if (version == Base)
        {
            Back();
        }
        else if (book.Find(version) is { } found)
        {
            (Viewed, ViewedValue) = (version, Open(found));
            ViewedChanges = [.. version < Base ? ChangesOf(ViewedValue, Before) : ChangesOf(Before, ViewedValue)];
            Turned?.Invoke();
        }
    }

    /// <summary>Goes back from a version to the draft.</summary>
    public void Back()
    {
        Leave();
        Turned?.Invoke();
    }

    /// <summary>Publishes it and begins anew from what was published; when that fails it is kept and <see cref="Problem"/> says why.</summary>
    /// <param name="note">Why it is made.</param>
    /// <param name="admit">Asked now, whatever was known when the page was opened: who publishes, or null for somebody who may not.</param>
    public async Task PublishAsync(string note, Func<Task<Actor?>> admit)
    {
        if (IsBusy || Faults.Count > 0)
        {
            return;
        }

        (IsBusy, Problem) = (true, null);
        try
        {
            if (await admit() is { } actor)
            {
                Published = await PublishAsync(Value, note, actor);
                Begin();
            }
            else
            {
                Problem = MayNotAdminister;
            }
        }
        catch (RefusedException refused)
        {
            Problem = refused.Refusal;
            OvertakenBy = refused.Refusal is { Code: "ChangedMeanwhile", Arguments: [int version, ..] } ? version : OvertakenBy;
        }
        catch (StorageUnavailableException)
        {
            Problem = StorageUnavailable;
        }
        finally
        {
            IsBusy = false;
            CatchUp();
        }
    }

    /// <summary>Follows the book.</summary>
    /// <param name="changed">Called on any thread after another version came into force; it returns at once and has <see cref="CatchUp"/> called on the page's.</param>
    /// <returns>Ends it.</returns>
    public IDisposable Follow(Action changed)
    {
        book.Changed += changed;
        return new Following(() => book.Changed -= changed);
    }

    /// <summary>Takes note of what somebody else published: without changes it begins anew, with changes it is overtaken.</summary>
    public void CatchUp()
    {
        // While this one is being published, its own version coming into force is nobody else's.
        if (IsBusy || book.InForce.Version == Base)
        {
            return;
        }

        if (Changes.Count == 0)
        {
            Begin();
        }
        else
        {
            (OvertakenBy, History) = (book.InForce.Version, book.History());
        }
    }

    /// <summary>A version in the form in which it is changed.</summary>
    /// <param name="version">The version.</param>
    protected abstract TDraft Open(TVersion version);

    /// <summary>What one says differently from another, in words.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    protected abstract IEnumerable<string> ChangesOf(TDraft before, TDraft after);

    /// <summary>What keeps it from being published, in words.</summary>
    /// <param name="value">What the draft says.</param>
    /// <param name="before">The version that it was begun from.</param>
    protected abstract IEnumerable<string> FaultsOf(TDraft value, TDraft before);

    /// <summary>Hands it to the book, based on <see cref="Base"/>.</summary>
    /// <param name="value">What it says; it has no faults.</param>
    /// <param name="note">Why it is made.</param>
    /// <param name="actor">Who publishes.</param>
    /// <returns>The version's number.</returns>
    protected abstract Task<int> PublishAsync(TDraft value, string note, Actor actor);

    private void Leave() => (Viewed, ViewedValue, ViewedChanges) = (null, null, []);

    private sealed class Following(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
