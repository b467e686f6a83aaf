using System.Collections.Frozen;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>A row that stands for an identity whose holder knows a random secret of 32 bytes; the row has its hash.</summary>
public interface ISecretRow
{
    /// <summary>
    /// SHA-256 of the secret. A slow hash protects secrets that can be guessed; 256 random bits cannot, so a fast one gives
    /// nothing away and lets every request be checked.
    /// </summary>
    byte[] SecretHash { get; }

    /// <summary>The <see cref="Actor.Id"/>.</summary>
    string ActorId { get; }

    /// <summary>What its holder may do and see, as a text; connections that were opened with other rights are ended.</summary>
    string Rights { get; }

    /// <summary>From when on it is not in force any more; null for never.</summary>
    DateTimeOffset? EndsAt { get; }

    /// <summary>When it was taken back; null while it was not.</summary>
    DateTimeOffset? RevokedAt { get; }

    /// <summary>Number of the newest change of the row, out of one sequence for all rows of the kind.</summary>
    long Change { get; }
}

/// <summary>
/// The identities of one kind that are in force, in memory, so that a request costs no query. It looks every second whether
/// another process has changed any, and whoever changes one here calls <see cref="RefreshAsync"/>. Of whatever is not in force any
/// more, or with other rights, the open connections are ended.
/// </summary>
/// <typeparam name="TRow">The rows.</typeparam>
/// <param name="door">Reads.</param>
/// <param name="connections">Ends.</param>
/// <param name="clock">Time.</param>
/// <param name="log">Says once that it cannot read, and once that it can again.</param>
public abstract class SecretShelf<TRow>(IReadDoor door, LiveConnections connections, TimeProvider clock, ILogger log) : BackgroundService
    where TRow : class, ISecretRow
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // A request that was let in just before an identity ended may open its connection just after it.
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private FrozenDictionary<string, TRow> _byHash = FrozenDictionary<string, TRow>.Empty;
    private long _change = -1;
    private bool _down;

    /// <summary>Raised after rows have changed, on any thread. Handlers return at once and do not throw.</summary>
    public event Action? Changed;

    /// <summary>The row whose secret this is; null when none in force has it.</summary>
    /// <param name="secret">What a caller sent.</param>
    public TRow? Find(string secret)
    {
        var hash = KeyPrint.HashOf(secret);
        // How long a look for a hash takes tells nothing of a secret that would have another.
        if (!Volatile.Read(ref _byHash).TryGetValue(Convert.ToHexStringLower(hash), out var row))
        {
            // Made by another process since the last look, or by nobody.
            using var read = door.Open(Actor.System);
            row = read.Query<TRow>().FirstOrDefault(candidate => candidate.SecretHash == hash);
        }

        return row is not null && IsInForce(row) ? row : null;
    }

    /// <summary>Takes in what has changed.</summary>
    /// <param name="cancellation">Gives up waiting for another look that is under way.</param>
    public async Task RefreshAsync(CancellationToken cancellation = default)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            Look();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            try
            {
                await RefreshAsync(stoppingToken);
                Told(null);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Told(e);
            }
        }
        while (await ContinueAsync(timer, stoppingToken));
    }

    private static async Task<bool> ContinueAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private bool IsInForce(TRow row) => row.RevokedAt is null && !(row.EndsAt <= clock.GetUtcNow());

    private void Look()
    {
        var before = _byHash;
        using (var read = door.Open(Actor.System))
        {
            var change = read.Query<TRow>().Max(row => (long?)row.Change) ?? 0;
            if (change == _change && before.Values.All(IsInForce))
            {
                EndLingering();
                return;
            }

            var rows = read.Query<TRow>().Where(row => row.RevokedAt == null).ToList().Where(IsInForce);
            Volatile.Write(ref _byHash, rows.ToFrozenDictionary(row => Convert.ToHexStringLower(row.SecretHash), StringComparer.Ordinal));
            _change = change;
        }

        EndAllBut(before.Values);
        EndLingering();
        Changed?.Invoke();
    }

    private void EndAllBut(IEnumerable<TRow> before)
    {
        foreach (var row in before)
        {
            var now = _byHash.GetValueOrDefault(Convert.ToHexStringLower(row.SecretHash));
            if (now is null)
            {
                _ended[row.ActorId] = clock.GetUtcNow() + Lingering;
                connections.End(row.ActorId);
            }
            else if (now.Rights != row.Rights)
            {
                connections.End(row.ActorId);
            }
        }
    }

    private void EndLingering()
    {
        foreach (var (identity, until) in _ended.ToList())
        {
            if (connections.CountOf(identity) > 0)
            {
                connections.End(identity);
            }

            if (until <= clock.GetUtcNow())
            {
                _ended.Remove(identity);
            }
        }
    }

    private void Told(Exception? cause)
    {
        if (cause is not null && !_down)
        {
            log.LogError(cause, "Identities could not be read; those that were known stay in force until they can");
        }
        else if (cause is null && _down)
        {
            log.LogWarning("Identities can be read again");
        }

        _down = cause is not null;
    }
}
