using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Access.Audit;

/// <summary>
/// <c>-- audit verify [--head FILE]</c> and <c>-- audit head</c>. Both may run beside a live server and write nothing. A tail that
/// was cut off together with its number is found by an exported head only.
/// </summary>
internal sealed class AuditVerb(IServiceProvider services, IReadDoor door, AuditReader reader) : IVerb
{
    public string Name => "audit";

    public string Usage => "audit verify [--head FILE] | audit head    follows the audit chain, or prints its head / 核验审计链，或输出链头";

    public async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        switch (call.Arguments)
        {
            case ["head"]:
                DatabaseStartup.EnsureReady(services);
                await call.Output.WriteLineAsync(reader.Head(Actor.System).ToString());
                return 0;
            case ["verify"]:
                return await VerifyAsync(call, null);
            case ["verify", "--head", { Length: > 0 } file]:
                return await VerifyAsync(call, file);
            case ["verify", ['-', '-', 'h', 'e', 'a', 'd', '=', _, ..] option]:
                return await VerifyAsync(call, option["--head=".Length..]);
            default:
                await call.Error.WriteLineAsync(Usage);
                return VerbCall.WrongCall;
        }
    }

    private async Task<int> VerifyAsync(VerbCall call, string? file)
    {
        AuditHead? exported = null;
        if (file is not null)
        {
            try
            {
                exported = AuditHead.Parse(await File.ReadAllTextAsync(file));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await call.Error.WriteLineAsync($"链头文件无法读取：{e.Message}。The head cannot be read: {e.Message}");
                return VerbCall.WrongCall;
            }

            if (exported is null)
            {
                await call.Error.WriteLineAsync($"{file} 不是链头文件。{file} is no head: it should have a number and a hash, as 'audit head' prints them.");
                return VerbCall.WrongCall;
            }
        }

        DatabaseStartup.EnsureReady(services);
        using var read = door.Open(Actor.System);
        read.BeginSnapshot();
        var verdict = AuditTrailCheck.Verify(read, exported);
        if (verdict.First is { } broken)
        {
            await call.Output.WriteLineAsync(AuditTrailCheck.Sentence(broken));
            return 1;
        }

        await call.Output.WriteLineAsync($"OK: {verdict.Head}");
        if (exported is null)
        {
            await call.Error.WriteLineAsync("未与导出的链头比对：末尾被截断且计数被改时看不出来。Not compared with an exported head: an end that was cut off together with its count would not show.");
        }

        return 0;
    }
}
