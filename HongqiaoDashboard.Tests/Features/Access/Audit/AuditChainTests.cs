using CsCheck;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Platform.Audit;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

/// <summary>Whatever is done to a chain, over random chains and places, the first broken link is named.</summary>
public sealed class AuditChainTests
{
    private const int Rounds = 200;

    private static readonly Gen<string> Words = Gen.Char['!', '\u9fff'].Array[0, 12].Select(letters => new string(letters));

    // Each field by itself.
    private static readonly Func<AuditRow, AuditRow>[] Changes =
    [
        row => row with { At = row.At.AddMilliseconds(1) },
        row => row with { ActorId = row.ActorId + "x" },
        row => row with { ActorName = row.ActorName + " " },
        row => row with { ActorRole = "leader" },
        row => row with { Address = row.Address is null ? "" : null },
        row => row with { Connection = row.Connection is null ? "" : null },
        row => row with { Act = "other.act" },
        row => row with { Result = row.Result == AuditResult.Done ? AuditResult.Denied : AuditResult.Done },
        row => row with { Subject = row.Subject is null ? "" : null },
        row => row with { Facts = """{"changed":"1"}""" },
        row => row with { Previous = [.. row.Previous[..31], (byte)(row.Previous[31] ^ 1)] },
        row => row with { Hash = [(byte)(row.Hash[0] ^ 0x80), .. row.Hash[1..]] },
        row => row with { Hash = [] },
    ];

    private static readonly Gen<List<AuditRow>> Chains =
        from rows in (from who in Words
                      from subject in Gen.Null(Words)
                      from address in Gen.Null(Words)
                      from result in Gen.Enum<AuditResult>()
                      from later in Gen.Int[0, 100_000]
                      select AuditSamples.Row(subject) with { ActorId = who, Address = address, Result = result, At = TestKit.TestDatabase.Start.AddMilliseconds(later) }).Array[2, 12]
        select AuditSamples.Chain(rows);

    private static readonly Gen<(List<AuditRow> Chain, int At)> Places = from chain in Chains from at in Gen.Int[0, chain.Count - 1] select (chain, at);

    [Fact]
    public void Chain_ThatIsWhole_HoldsAndGivesItsHead() => Chains.Sample(
        chain =>
        {
            var (head, first) = AuditChain.Verify(chain, chain.Count);
            Assert.Null(first);
            Assert.Equal(new AuditHead(chain.Count, Convert.ToHexStringLower(chain[^1].Hash)), head);
            // Whichever head was kept, of now or of then, it still fits.
            Assert.All(chain, row => Assert.Null(AuditChain.Verify(chain, chain.Count, HeadAt(row)).First));
        },
        iter: Rounds);

    [Fact]
    public void Chain_OfNothing_HoldsAndHasNoHead() => Assert.Equal(new AuditVerdict(AuditHead.None, null), AuditChain.Verify([], 0));

    [Fact]
    public void Row_Changed_IsNamed() => (from place in Places from change in Gen.Int[0, Changes.Length - 1] select (place.Chain, place.At, Changes[change])).Sample(
        (chain, at, change) =>
        {
            chain[at] = change(chain[at]);
            Assert.Equal(new AuditBreak(at + 1, AuditFlaw.Changed), AuditChain.Verify(chain, chain.Count).First);
        },
        iter: Rounds);

    [Fact]
    public void Row_ChangedAndSealedAnew_IsNamedByTheNextOneOrByTheKeptHead() => Places.Sample(
        (chain, at) =>
        {
            var kept = HeadAt(chain[at]);
            chain[at] = AuditEncoding.Sealed(chain[at] with { ActorName = "somebody else" });
            var next = at + 1 < chain.Count ? new AuditBreak(at + 2, AuditFlaw.Unlinked) : null;
            Assert.Equal(next, AuditChain.Verify(chain, chain.Count).First);
            // Whoever writes all that follows anew, too, is found by what was kept elsewhere.
            var anew = AuditSamples.Chain(chain);
            Assert.Null(AuditChain.Verify(anew, anew.Count).First);
            Assert.Equal(new AuditBreak(at + 1, AuditFlaw.OtherHead), AuditChain.Verify(anew, anew.Count, kept).First);
        },
        iter: Rounds);

    [Fact]
    public void Row_Removed_IsNamed() => Places.Sample(
        (chain, at) =>
        {
            var count = chain.Count;
            chain.RemoveAt(at);
            Assert.Equal(new AuditBreak(at + 1, at + 1 < count ? AuditFlaw.Missing : AuditFlaw.CutOff), AuditChain.Verify(chain, count).First);
        },
        iter: Rounds);

    [Fact]
    public void Row_RemovedAndTheOthersNumberedAnew_IsNamed() => Places.Sample(
        (chain, at) =>
        {
            chain.RemoveAt(at);
            if (at == chain.Count)
            {
                return;
            }

            var renumbered = chain.Select((row, i) => row with { Seq = i + 1 }).ToList();
            Assert.Equal(new AuditBreak(at + 1, AuditFlaw.Changed), AuditChain.Verify(renumbered, renumbered.Count).First);
            var resealed = renumbered.ConvertAll(AuditEncoding.Sealed);
            Assert.Equal(new AuditBreak(at + 1, AuditFlaw.Unlinked), AuditChain.Verify(resealed, resealed.Count).First);
        },
        iter: Rounds);

    [Fact]
    public void Row_Inserted_IsNamed() => Places.Sample(
        (chain, at) =>
        {
            var count = chain.Count;
            var before = at == 0 ? AuditChain.Beginning : chain[at - 1].Hash;
            var forged = AuditEncoding.Sealed(AuditSamples.Row("forged") with { Seq = at + 1, Previous = before });

            // Well made in front of the others, which are numbered and sealed anew: the next one does not follow it.
            List<AuditRow> moved = [.. chain[..at], forged, .. chain[at..].Select(row => AuditEncoding.Sealed(row with { Seq = row.Seq + 1 }))];
            Assert.Equal(new AuditBreak(at + 2, AuditFlaw.Unlinked), AuditChain.Verify(moved, count + 1).First);
            // Beside the one that has its number.
            Assert.Equal(new AuditBreak(at + 1, AuditFlaw.OutOfOrder), AuditChain.Verify([.. chain[..(at + 1)], forged, .. chain[(at + 1)..]], count).First);
            // At the end, well made: the count knows nothing of it.
            var behind = AuditEncoding.Sealed(forged with { Seq = count + 1, Previous = chain[^1].Hash });
            Assert.Equal(new AuditBreak(count + 1, AuditFlaw.Uncounted), AuditChain.Verify([.. chain, behind], count).First);
        },
        iter: Rounds);

    [Fact]
    public void Rows_Swapped_AreNamedByTheFirst() => (from place in Places from other in Gen.Int[0, place.Chain.Count - 1] select (place.Chain, Math.Min(place.At, other), Math.Max(place.At, other))).Sample(
        (chain, first, second) =>
        {
            if (first == second)
            {
                return;
            }

            // Each with the other's number, as they would have to be to come in this order.
            (chain[first], chain[second]) = (chain[second] with { Seq = first + 1 }, chain[first] with { Seq = second + 1 });
            Assert.Equal(new AuditBreak(first + 1, AuditFlaw.Changed), AuditChain.Verify(chain, chain.Count).First);
            // And if they were sealed anew.
            (chain[first], chain[second]) = (AuditEncoding.Sealed(chain[first]), AuditEncoding.Sealed(chain[second]));
            Assert.Equal(new AuditBreak(first + 1, AuditFlaw.Unlinked), AuditChain.Verify(chain, chain.Count).First);
        },
        iter: Rounds);

    [Fact]
    public void End_CutOff_IsNamedByTheCountAndElseByTheKeptHead() => Places.Sample(
        (chain, at) =>
        {
            var (count, kept, left) = (chain.Count, HeadAt(chain[^1]), chain[..at]);
            Assert.Equal(new AuditBreak(at + 1, AuditFlaw.CutOff), AuditChain.Verify(left, count).First);
            Assert.Equal(new AuditBreak(at + 1, AuditFlaw.CutOff), AuditChain.Verify(left, count, kept).First);
            // Whoever can remove rows can set the count back.
            Assert.Null(AuditChain.Verify(left, at).First);
            Assert.Equal(new AuditBreak(at + 1, AuditFlaw.BeforeHead), AuditChain.Verify(left, at, kept).First);
        },
        iter: Rounds);

    [Fact]
    public void Row_ThatCannotBeRead_IsNamed()
    {
        var chain = AuditSamples.Chain([AuditSamples.Row(), AuditSamples.Row(), AuditSamples.Row()]);

        Assert.Equal(new AuditBreak(2, AuditFlaw.Changed), AuditChain.Verify(chain.Select(row => row.Seq == 2 ? throw new ArgumentOutOfRangeException(nameof(row)) : row), 3).First);
    }

    [Theory]
    [InlineData("7 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [InlineData("\uFEFF7\t0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef\r\nkept on Monday", true)]
    [InlineData("7", false)]
    [InlineData("-7 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", false)]
    [InlineData("7 0123456789abcdef", false)]
    [InlineData("7 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg", false)]
    [InlineData("", false)]
    public void Head_ThatWasKept_IsReadOrIsNone(string text, bool isOne) =>
        Assert.Equal(isOne ? "7 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" : null, AuditHead.Parse(text)?.ToString());

    private static AuditHead HeadAt(AuditRow row) => new(row.Seq, Convert.ToHexStringLower(row.Hash));
}
