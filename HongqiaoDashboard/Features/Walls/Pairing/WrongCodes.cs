namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>How often codes have been guessed wrong. Beyond that nobody may try, right or wrong, until some of it is long enough ago.</summary>
internal sealed class WrongCodes(TimeProvider clock)
{
    /// <summary>Most wrong codes of one administrator within <see cref="Span"/>.</summary>
    public const int MostOfOne = 10;

    /// <summary>Most wrong codes of all together.</summary>
    public const int MostOfAll = 50;

    /// <summary>How long a wrong code counts.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Queue<(DateTimeOffset At, string Who)> _wrong = new();

    /// <summary>Whether somebody may try a code.</summary>
    public bool MayTry(string who)
    {
        lock (_gate)
        {
            while (_wrong.TryPeek(out var oldest) && clock.GetUtcNow() - oldest.At >= Span)
            {
                _wrong.Dequeue();
            }

            return _wrong.Count < MostOfAll && _wrong.Count(wrong => wrong.Who == who) < MostOfOne;
        }
    }

    /// <summary>A code was wrong.</summary>
    public void Note(string who)
    {
        lock (_gate)
        {
            _wrong.Enqueue((clock.GetUtcNow(), who));
        }
    }
}
