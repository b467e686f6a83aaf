using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Reference;

namespace HongqiaoDashboard.Features.Incidents.Components.Catalog;

/// <summary>The next version of the catalog while it is made.</summary>
internal sealed class CatalogDraft(CatalogBook book, CatalogWords words) : BookDraft<IncidentCatalog, CatalogDocument>(book)
{
    protected override CatalogDocument Open(IncidentCatalog version) => version.Document;

    protected override IEnumerable<string> ChangesOf(CatalogDocument before, CatalogDocument after) =>
        CatalogChanges.Between(before, after).Select(change => words.Change(change, after));

    protected override IEnumerable<string> FaultsOf(CatalogDocument value, CatalogDocument before) =>
        CatalogFaults.OfSuccessor(value, before).Select(fault => words.Fault(fault, value));

    protected override Task<int> PublishAsync(CatalogDocument value, string note, Actor actor) => book.PublishAsync(value, Base, note, actor);
}
