using System.Net;
using CsCheck;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Features.Access.Accounts.Web;
using Microsoft.Extensions.Time.Testing;

namespace HongqiaoDashboard.Tests.Features.Access.Accounts;

public sealed class SignInGateTests
{
    private static readonly IPAddress[] Addresses = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"), IPAddress.Parse("2001:db8::1")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Address_WheneverItTries_HasNeverMoreWrongOnesInAnyWindow() =>
        Gen.Select(Gen.Int[0, Addresses.Length - 1], Gen.Int[0, 90], Gen.Int[1, 12]).Array[1, 120].Sample(steps =>
        {
            var clock = new FakeTimeProvider();
            var gate = new SignInGate(clock);
            var wrong = new List<(int Address, DateTimeOffset At)>();
            foreach (var (address, seconds, tries) in steps)
            {
                clock.Advance(TimeSpan.FromSeconds(seconds));
                var now = clock.GetUtcNow();
                for (var n = 0; n < tries; n++)
                {
                    // Shut exactly when the window is full: neither earlier nor later.
                    var within = wrong.Count(one => one.Address == address && now - one.At < SignInGate.Window);
                    if (gate.IsShut(Addresses[address]) != (within >= SignInGate.MostOfAnAddress))
                    {
                        return false;
                    }

                    if (within < SignInGate.MostOfAnAddress)
                    {
                        gate.CountWrong(Addresses[address]);
                        wrong.Add((address, now));
                    }
                }
            }

            return true;
        });

    [Fact]
    public async Task Attempts_OfOneAddressOnAHundredAccountsAtOnce_GetOnlySoManyThrough()
    {
        var gate = new SignInGate(new FakeTimeProvider());
        var tried = 0;

        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => Task.Run(async () =>
        {
            using var turn = await gate.TryEnterAsync($"USER{n}", Addresses[0], Cancellation);
            if (turn is not null)
            {
                await Task.Yield();
                Interlocked.Increment(ref tried);
                gate.CountWrong(Addresses[0]);
            }
        })));

        Assert.Equal(SignInGate.MostOfAnAddress, tried);
        Assert.Null(await gate.TryEnterAsync("USER", Addresses[0], Cancellation));
        using var other = await gate.TryEnterAsync("USER", Addresses[1], Cancellation);
        Assert.NotNull(other);
    }

    [Fact]
    public async Task Attempts_OnOneAccountFromManyAddresses_ComeOneAfterAnother()
    {
        var gate = new SignInGate(new FakeTimeProvider());
        var (now, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Task.Run(async () =>
        {
            using var turn = await gate.TryEnterAsync("LILEI", IPAddress.Parse($"192.0.2.{n}"), Cancellation);
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
        })));

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Turn_ThatNobodyWaitsForAnyLonger_IsGivenOn()
    {
        var gate = new SignInGate(new FakeTimeProvider());
        using var impatient = new CancellationTokenSource();
        var turn = await gate.TryEnterAsync("A", Addresses[0], Cancellation);
        var waiting = gate.TryEnterAsync("A", Addresses[1], impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        turn!.Dispose();

        using var next = await gate.TryEnterAsync("A", Addresses[1], Cancellation);
        Assert.NotNull(next);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData(null, "192.0.2.2", false)]
    [InlineData(null, null, true)]
    public void Addresses_OfOneHousehold_AreCountedTogether(string? one, string? other, bool together)
    {
        var gate = new SignInGate(new FakeTimeProvider());
        for (var n = 0; n < SignInGate.MostOfAnAddress; n++)
        {
            gate.CountWrong(one is null ? null : IPAddress.Parse(one));
        }

        Assert.Equal(together, gate.IsShut(other is null ? null : IPAddress.Parse(other)));
    }

    [Fact]
    public void Addresses_AndNames_WithoutEnd_TakeBoundedMemory()
    {
        var clock = new FakeTimeProvider();
        var (gate, locks) = (new SignInGate(clock), new FeignedLocks(clock));
        for (var n = 0; n < 25_000; n++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            gate.CountWrong(new IPAddress([10, (byte)(n >> 16), (byte)(n >> 8), (byte)n]));
            locks.CountWrong($"USER{n}");
            locks.CountWrong(new string('A', AccountRules.LongestName + 1) + n);
        }

        Assert.InRange(gate.Count, 1, 10_000);
        Assert.InRange(locks.Count, 1, 10_000);
    }

    [Fact]
    public void Codes_ThatWereUsed_AreForgottenWhenTheyAreWorthless()
    {
        var clock = new FakeTimeProvider();
        var spent = new SpentCodes(clock);
        spent.Spend("a", "012345");
        Assert.True(spent.IsSpent("a", "12345"));
        Assert.True(spent.IsSpent("a", "+012345"));
        Assert.False(spent.IsSpent("a", "12346"));
        Assert.False(spent.IsSpent("b", "12345"));
        Assert.False(spent.IsSpent("a", "abc"));

        clock.Advance(SpentCodes.Life);
        Assert.False(spent.IsSpent("a", "012345"));
        spent.Spend("a", "abc");
        spent.Spend("a", "1");
        Assert.Equal(1, spent.Count);
    }

    [Fact]
    public void Name_ThatNoAccountHas_LocksAsAnAccountDoes()
    {
        var clock = new FakeTimeProvider();
        var locks = new FeignedLocks(clock);

        Assert.Equal([false, false, false, false, true], Enumerable.Range(0, FeignedLocks.WrongBeforeLock).Select(_ => locks.CountWrong("NOBODY")));
        Assert.True(locks.IsLocked("NOBODY"));
        Assert.False(locks.IsLocked("SOMEBODY"));
        clock.Advance(FeignedLocks.LockTime);
        Assert.False(locks.IsLocked("NOBODY"));
        Assert.False(locks.CountWrong("NOBODY"));
    }
}
