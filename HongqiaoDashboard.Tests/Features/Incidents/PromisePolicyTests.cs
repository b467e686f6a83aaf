using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class PromisePolicyTests
{
    private static readonly IncidentCatalog Catalog = IncidentCatalog.Read(ReferenceData.File("incidents", "catalog.json"));

    [Fact]
    public void Rule_OfACase_IsTheNarrowestThatCoversIt()
    {
        var policy = new PromisePolicy([Rule(1), Rule(2, IncidentSeverity.Major), Rule(3, null, "04"), Rule(4, IncidentSeverity.Major, "04"), Rule(5, null, null, "0401")]);

        Assert.Equal(1, policy.For(IncidentSeverity.Ordinary, "01", "0101").Resolve.Amount);
        Assert.Equal(2, policy.For(IncidentSeverity.Major, "01", "0101").Resolve.Amount);
        Assert.Equal(3, policy.For(IncidentSeverity.Ordinary, "04", "0402").Resolve.Amount);
        Assert.Equal(4, policy.For(IncidentSeverity.Major, "04", "0402").Resolve.Amount);
        Assert.Equal(5, policy.For(IncidentSeverity.Major, "04", "0401").Resolve.Amount);
    }

    [Fact]
    public void Faults_OfABadPolicy_AreAllNamed()
    {
        var policy = new PromisePolicy([Rule(1, IncidentSeverity.Ordinary), Rule(2, IncidentSeverity.Ordinary), Rule(3, null, "99"), Rule(4, null, null, "9999"), Rule(5, null, "01", "0401")]);

        Assert.Equal(
            ["PolicyLacksSeverity Major", "PolicyRuleTwice 2", "PolicyUnknownCategory 3,99", "PolicyUnknownType 4,9999", "PolicyUnknownType 5,0401"],
            policy.Faults(Catalog).Select(fault => $"{fault.Code} {string.Join(',', fault.Arguments)}"));
    }

    [Fact]
    public void Faults_OfTheShippedPolicy_AreNone() => Assert.Empty(new PromiseOptions().ToPolicy().Faults(Catalog));

    private static PromiseRule Rule(int hours, IncidentSeverity? severity = null, string? category = null, string? type = null) => new()
    {
        Severity = severity, Category = category, Type = type, Resolve = new Promise(hours, PromiseUnit.ClockHours), Close = new Promise(hours, PromiseUnit.ClockHours),
    };
}
