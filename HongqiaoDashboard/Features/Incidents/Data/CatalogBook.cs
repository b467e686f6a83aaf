using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Reference;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>All versions of the catalog, which answers by the one in force; the first is the file that ships with the program.</summary>
internal sealed class CatalogBook(IReadDoor door, IWriteLane lane) : VersionedBook<IncidentCatalog>("catalog", door, lane), IIncidentCatalog
{
    public IReadOnlyList<IncidentCategory> Categories => InForce.Value.Categories;

    public IReadOnlyList<Department> Departments => InForce.Value.Departments;

    public IncidentCategory? Category(string code) => InForce.Value.Category(code);

    public IncidentType? Type(string code) => InForce.Value.Type(code);

    public Department? Department(string code) => InForce.Value.Department(code);

    /// <summary>Publishes the next version if it may succeed the one that it was made from.</summary>
    /// <param name="catalog">The whole of it.</param>
    /// <param name="basedOn">Version that it was made from.</param>
    /// <param name="note">Why it is made.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="RefusedException"><c>CatalogFaulty</c>, and what publishing refuses.</exception>
    public Task<int> PublishAsync(CatalogDocument catalog, int basedOn, string note, Actor actor, CancellationToken cancellation = default)
    {
        // Before it becomes a catalog: one in which a code stands twice cannot be made.
        Judge(catalog, Predecessor(basedOn).Document);
        return PublishAsync(new IncidentCatalog(catalog), basedOn, note, actor, cancellation);
    }

    protected override void Judge(IncidentCatalog value, IncidentCatalog before) => Judge(value.Document, before.Document);

    protected override IncidentCatalog Shipped() => IncidentCatalog.Read(ReferenceData.File("incidents", "catalog.json"));

    protected override IncidentCatalog Parse(string content, int version) => new(CatalogFile.Parse(content));

    protected override string Write(IncidentCatalog value) => CatalogFile.Write(value.Document);

    private static void Judge(CatalogDocument catalog, CatalogDocument before)
    {
        if (CatalogFaults.OfSuccessor(catalog, before).Count() is > 0 and var faults)
        {
            throw new RefusedException("CatalogFaulty", faults);
        }
    }
}
