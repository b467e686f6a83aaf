using System.Globalization;
using System.Text.Json;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Reference;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>All versions of the policy of promised times; the first is the configured one.</summary>
internal sealed class PolicyBook(IReadDoor door, IWriteLane lane, IOptions<PromiseOptions> options, IIncidentCatalog catalog)
    : VersionedBook<PromisePolicy>(KindName, door, lane), IPromisePolicies
{
    private const string KindName = "promise";

    public (string Id, PromisePolicy Policy) Current => InForce is var (version, policy) ? (Id(version), policy) : default;

    public PromisePolicy? Find(string id) =>
        id.StartsWith(KindName + "@", StringComparison.Ordinal)
        && int.TryParse(id.AsSpan(KindName.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? Find(version)
            : null;

    protected override void Judge(PromisePolicy value, PromisePolicy before)
    {
        if (value.Faults(catalog).Count() is > 0 and var faults)
        {
            throw new RefusedException("PolicyFaulty", faults);
        }
    }

    protected override PromisePolicy Shipped() => options.Value.ToPolicy();

    protected override PromisePolicy Parse(string content, int version) => JsonSerializer.Deserialize(content, IncidentJson.Default.PromisePolicy)!;

    protected override string Write(PromisePolicy value) => JsonSerializer.Serialize(value, IncidentJson.Default.PromisePolicy);

    private static string Id(int version) => $"{KindName}@{version.ToString(CultureInfo.InvariantCulture)}";
}
