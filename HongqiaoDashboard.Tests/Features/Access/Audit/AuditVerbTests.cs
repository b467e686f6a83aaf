using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

/// <summary><c>-- audit</c> beside whoever else works on the folder.</summary>
public sealed class AuditVerbTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Verb_OnASoundTrail_SaysSoAndWithAKeptHeadSeesThatItsEndIsGone()
    {
        var (empty, nothing, _) = await RunAsync("head");
        Assert.Equal((0, $"0 {new string('0', 64)}\n"), (empty, nothing));
        await _database.RecordAsync([(new AuditRecord(AuditActs.KeyCreated, "one"), AuditSamples.Admin), (new AuditRecord(AuditActs.KeyRevoked, "one"), AuditSamples.Admin)]);
        var file = Path.Combine(_database.DataDirectory, "head.txt");
        var (_, head, _) = await RunAsync("head");
        await File.WriteAllTextAsync(file, head, TestContext.Current.CancellationToken);

        // Without a head it says what it cannot see.
        Assert.Equal((0, "OK: " + head), await RunAsync("verify") is var (plain, said, warning) && warning.Contains("exported head", StringComparison.Ordinal) ? (plain, said) : default);
        Assert.Equal((0, "OK: " + head, ""), await RunAsync("verify", "--head", file));

        using (var database = Databases.Open(_database.DataDirectory))
        {
            database.Query("DROP TRIGGER AuditRows_NoDelete; DELETE FROM AuditRows WHERE Seq = 2; UPDATE Sequences SET Last = 1 WHERE Name = 'audit'");
        }

        Assert.Equal(0, (await RunAsync("verify")).ExitCode);
        var (exit, output, _) = await RunAsync("verify", "--head=" + file);
        Assert.Equal(1, exit);
        Assert.Contains("From audit record 2 on the end is missing", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verb_CalledWrongly_SaysSo()
    {
        var noHead = Path.Combine(_database.DataDirectory, "no-head.txt");
        await File.WriteAllTextAsync(noHead, "hello", TestContext.Current.CancellationToken);
        foreach (var arguments in (string[][])[[], ["mend"], ["verify", "--head"], ["verify", "--head", "no-such-file"], ["verify", "--head", noHead]])
        {
            var (exit, output, error) = await RunAsync(arguments);
            Assert.Equal((2, ""), (exit, output));
            Assert.NotEqual("", error);
        }
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        using var scope = _database.Get<IServiceScopeFactory>().CreateScope();
        var verb = scope.ServiceProvider.GetServices<IVerb>().Single(known => known.Name == "audit");
        var exit = await verb.RunAsync(new VerbCall(arguments, output, error), TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }
}
