using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Access.Audit.Data;

/// <summary>Follows the stored chain, for <c>-- audit verify</c> and for <c>-- check</c>.</summary>
internal sealed class AuditTrailCheck : IIntegrityPart
{
    /// <summary>Looks for the first broken link.</summary>
    /// <param name="read">A session of an actor without bounds that began a snapshot.</param>
    /// <param name="exported">A head that was kept elsewhere; null without one.</param>
    public static AuditVerdict Verify(ReadSession read, AuditHead? exported)
    {
        var counted = read.Query<Sequence>().Where(sequence => sequence.Name == AuditWriter.Sequence).Select(sequence => sequence.Last).FirstOrDefault();
        return AuditChain.Verify(read.Query<AuditRow>().OrderBy(row => row.Seq).AsEnumerable(), counted, exported);
    }

    /// <summary>A broken link in words, Chinese and English.</summary>
    /// <param name="broken">It.</param>
    public static string Sentence(AuditBreak broken)
    {
        var (seq, before) = (broken.Seq, broken.Seq - 1);
        return broken.Flaw switch
        {
            AuditFlaw.Changed => $"审计记录 {seq} 被改动。Audit record {seq} was changed: it is not what its hash was made of.",
            AuditFlaw.Unlinked => $"审计记录 {seq} 不承接记录 {before}。Audit record {seq} does not follow record {before}: one of the two was replaced.",
            AuditFlaw.Missing => $"审计记录 {seq} 缺失。Audit record {seq} is missing.",
            AuditFlaw.OutOfOrder => $"审计记录 {seq} 次序有误。Audit record {seq} stands out of order.",
            AuditFlaw.CutOff => $"审计记录 {seq} 起缺失。From audit record {seq} on the end is missing: more numbers were given out.",
            AuditFlaw.Uncounted => $"审计记录 {seq} 的序号从未发出。Audit record {seq} has a number that was never given out: the program has not added it.",
            AuditFlaw.BeforeHead => $"审计记录 {seq} 起缺失。From audit record {seq} on the end is missing: the exported head lies behind it.",
            _ => $"审计记录 {seq} 与导出的链头不符。Audit record {seq} is not that of the exported head: the trail was written anew at it or before it.",
        };
    }

    public IEnumerable<string> Differences(ReadSession read, DateTimeOffset asOf)
    {
        if (Verify(read, null).First is { } broken)
        {
            yield return Sentence(broken);
        }
    }
}
