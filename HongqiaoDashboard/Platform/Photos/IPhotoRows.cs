using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Platform.Photos;

/// <summary>
/// A slot of the photographs: a feature whose rows name photographs registers one of these as a service. A file that no slot
/// names is removed, and is in no backup.
/// </summary>
internal interface IPhotoRows
{
    /// <summary>Hashes of the photographs that the feature's rows name.</summary>
    /// <param name="read">A session of an actor without bounds.</param>
    /// <param name="since">What was taken away after this instant is still named; null for what is there now and no more.</param>
    IQueryable<string> Named(ReadSession read, DateTimeOffset? since);

    /// <summary>Forgets rows that nobody came back for.</summary>
    /// <param name="session">The open transaction.</param>
    /// <param name="before">Those that are older.</param>
    /// <param name="most">This many at most.</param>
    /// <returns>How many were forgotten.</returns>
    int Forget(WriteSession session, DateTimeOffset before, int most) => 0;
}
