using System.Globalization;
using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Incidents.Admin;

public sealed class PolicyBookTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private PolicyBook Book => _database.Get<PolicyBook>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("zh-CN", "承诺时限有 2 处问题，未发布。")]
    [InlineData("en", "The policy has 2 faults and was not published.")]
    public async Task Policy_WithFaultsAgainstTheCatalog_IsRefusedByTheBookItself(string culture, string sentence)
    {
        var rules = Book.InForce.Value.Rules;
        var faulty = new PromisePolicy([.. rules, rules[0] with { Category = "99" }, rules[0] with { Type = "9999" }]);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Book.PublishAsync(faulty, 1, "t", TestDatabase.Operator, TestContext.Current.CancellationToken));

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        Assert.Equal(("PolicyFaulty", sentence), (refused.Refusal.Code, _database.Get<CaseWords>().Sentence(refused.Refusal)));
        Assert.Equal(1, Book.InForce.Version);
    }
}
