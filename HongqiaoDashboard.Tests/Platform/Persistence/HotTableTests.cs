using System.Reflection;
using CsCheck;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Situation.Data;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Tests.Platform.Persistence;

/// <summary>What the prepared commands write is what Entity Framework reads, property by property.</summary>
public sealed class HotTableTests : IAsyncLifetime
{
    private static readonly Gen<DateTimeOffset> Instants =
        Gen.Long[DateTimeOffset.Parse("2018-01-01Z", null).ToUnixTimeMilliseconds(), DateTimeOffset.Parse("2040-01-01Z", null).ToUnixTimeMilliseconds()]
            .Select(DateTimeOffset.FromUnixTimeMilliseconds);

    private static readonly string[] Letters = ["井", "盖", "'", "\"", "\\", "%", "_", " ", "\n", "😀", "é", "0", "Z"];

    private readonly PlatformHost _host = new();
    private long _key;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public Task Incident_Written_IsReadTheSame() => RoundTripAsync(Incidents(), i => i.Id, (i, old) => i with { Id = old.Id, Number = old.Number }, i => i.Version);

    [Fact]
    public Task IncidentEvent_Written_IsReadTheSame() =>
        RoundTripAsync(Events(), e => e.Seq, null, null);

    [Fact]
    public Task StoredTally_Written_IsReadTheSame() => RoundTripAsync(
        Gen.Select(Gen.Int[0, 30_000], Gen.Byte.Array, (month, counts) => new StoredTally { Key = $"k{NextKey()}", Rules = "r|Asia/Shanghai", Scope = "120106", Month = month, Counts = counts }),
        t => t.Key, null, null);

    [Fact]
    public Task Checkpoint_Written_IsReadTheSame() => RoundTripAsync(
        Gen.Select(Gen.Long, Instants, (seq, at) => new TallyCheckpoint { Rules = $"k{NextKey()}", Seq = seq, AsOf = at }), c => c.Rules, null, null);

    [Fact]
    public Task CampaignEntry_Written_IsReadTheSame() => RoundTripAsync(
        Gen.Select(Gen.Int[0, 40_000], Gen.Int[1, 9], Gen.Int[0, Letters.Length - 1].Array.Select(places => string.Concat(places.Select(place => Letters[place]))), Instants, (day, revision, note, at) => new CampaignEntryRow
        {
            Seq = NextKey(), Campaign = "c", Item = $"i{NextKey()}", Day = DateOnly.FromDayNumber(700_000 + day), Revision = revision, Amounts = "[]", Note = note,
            At = at, ActorId = "a", ActorName = "b", Source = "page",
        }),
        e => e.Seq, null, null);

    [Fact]
    public async Task Update_WithAnotherToken_ChangesNothing()
    {
        var incident = Incidents().Single();
        await _host.Get<IWriteLane>().WriteAsync(
            session =>
            {
                session.Hot<Incident>().Insert(incident);
                Assert.False(session.Hot<Incident>().Update(incident with { Version = incident.Version + 1, Description = "other" }, incident.Version + 5));
                Assert.Equal(incident.Description, session.Context.Set<Incident>().AsNoTracking().Single(i => i.Id == incident.Id).Description);
                Assert.True(session.Hot<Incident>().Update(incident with { Version = incident.Version + 1, Description = "other" }, incident.Version));
                Assert.Equal("other", session.Context.Set<Incident>().AsNoTracking().Single(i => i.Id == incident.Id).Description);
                return true;
            },
            TestContext.Current.CancellationToken);
    }

    private async Task RoundTripAsync<T>(Gen<T> rows, Func<T, object> key, Func<T, T, T>? asUpdate, Func<T, long>? token) where T : class
    {
        var lane = _host.Get<IWriteLane>();
        await rows.Select(rows).SampleAsync(
            pair => lane.WriteAsync(
                session =>
                {
                    var (first, second) = pair;
                    session.Hot<T>().Insert(first);
                    AssertStored(session, first, key);
                    if (asUpdate is not null)
                    {
                        var updated = asUpdate(second, first);
                        Assert.True(session.Hot<T>().Update(updated, token?.Invoke(first)));
                        AssertStored(session, updated, key);
                        session.Hot<T>().Upsert(first);
                        AssertStored(session, first, key);
                    }

                    session.Hot<T>().Upsert(second);
                    AssertStored(session, second, key);
                    return true;
                },
                TestContext.Current.CancellationToken),
            iter: 50, threads: 1);
    }

    private static void AssertStored<T>(WriteSession session, T row, Func<T, object> key) where T : class
    {
        session.Context.ChangeTracker.Clear();
        var stored = session.Context.Set<T>().Find(key(row))!;
        var properties = session.Context.Model.FindEntityType(typeof(T))!.GetProperties().Select(p => p.PropertyInfo!).ToList();
        Assert.NotEmpty(properties);
        Assert.All(properties, property => Assert.Equal(property.GetValue(row), property.GetValue(stored)));
    }

    private long NextKey() => Interlocked.Increment(ref _key);

    // By reflection, so that a new property is in the test without anybody thinking of it.
    private Gen<Incident> Incidents() => Filled<Incident>(incident =>
    {
        var key = NextKey();
        Set(incident, nameof(Incident.Id), key);
        Set(incident, nameof(Incident.Number), $"HQ20260101-{key:D6}");
        Set(incident, nameof(Incident.ExternalId), key % 2 == 0 ? null : $"elsewhere:{key}");
        Set(incident, nameof(Incident.Clock), key % 3 == 0 ? null : new CaseClock
        {
            Start = incident.ReportedAt, Resolve = new Promise(2, PromiseUnit.ClockHours), Close = new Promise(16, PromiseUnit.WorkingHours), Calendar = "calendar@1",
            Pauses = [new TimeInterval(incident.ReportedAt, incident.UpdatedAt)], Extensions = [new CaseExtension(incident.ReportedAt, incident.ResolveBy, incident.CloseBy)],
        });
    });

    private Gen<IncidentEvent> Events() => Gen.Select(Filled<IncidentEvent>(_ => { }), Incidents(), Incidents(), Gen.Bool, (entry, before, after, first) =>
    {
        Set(entry, nameof(IncidentEvent.Seq), NextKey());
        Set(entry, nameof(IncidentEvent.Before), first ? null : before.ToFacts());
        Set(entry, nameof(IncidentEvent.After), after.ToFacts());
        Set(entry, nameof(IncidentEvent.Detail), new IncidentEventDetail { Text = before.StatusNotes, Until = after.AcceptedAt, Severity = before.Severity });
        return entry;
    });

    private static Gen<T> Filled<T>(Action<T> finish) where T : class => Gen.Int.Select(seed =>
    {
        var row = (T)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(T));
        var random = new Random(seed);
        foreach (var property in typeof(T).GetProperties().Where(p => p.SetMethod is not null))
        {
            property.SetValue(row, Value(property, random));
        }

        finish(row);
        return row;
    });

    private static object? Value(PropertyInfo property, Random random)
    {
        var optional = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (optional && random.Next(3) == 0)
        {
            return null;
        }

        return type switch
        {
            _ when type == typeof(string) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Letters[random.Next(Letters.Length)])),
            _ when type == typeof(int) => random.Next(int.MinValue, int.MaxValue),
            _ when type == typeof(long) => random.NextInt64(long.MinValue, long.MaxValue),
            _ when type == typeof(double) => (random.NextDouble() * 360) - 180,
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(0, 4_000_000_000_000)),
            { IsEnum: true } => type.GetEnumValues().GetValue(random.Next(type.GetEnumValues().Length)),
            _ when property.PropertyType.Namespace!.StartsWith("HongqiaoDashboard", StringComparison.Ordinal) => null,
            _ => throw new InvalidOperationException($"No random value for {property.PropertyType} {property.Name}."),
        };
    }

    private static void Set(object row, string property, object? value) => row.GetType().GetProperty(property)!.SetValue(row, value);
}
