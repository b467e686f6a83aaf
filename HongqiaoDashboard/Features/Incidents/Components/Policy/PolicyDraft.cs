using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Reference;

namespace HongqiaoDashboard.Features.Incidents.Components.Policy;

/// <summary>The next version of the policy while it is made.</summary>
internal sealed class PolicyDraft(PolicyBook book, PolicyWords words, IIncidentCatalog catalog) : BookDraft<PromisePolicy, PolicyText>(book)
{
    protected override PolicyText Open(PromisePolicy version) => PolicyText.Of(version);

    protected override IEnumerable<string> ChangesOf(PolicyText before, PolicyText after) => PolicyChanges.Between(before, after).Select(words.Change);

    protected override IEnumerable<string> FaultsOf(PolicyText value, PolicyText before) => value.Faults(catalog).Select(words.Fault);

    protected override Task<int> PublishAsync(PolicyText value, string note, Actor actor) => book.PublishAsync(value.ToPolicy(), Base, note, actor);
}
