// What the rules about doors must object to.
#pragma warning disable SA1402, CA1812, CA1822

using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.SignalR;

namespace HongqiaoDashboard.Tests.Architecture.Violations;

[Route("/violation/signed-in")]
[Authorize]
internal sealed class PageWithoutAPolicy : ComponentBase;

[Route("/violation/open")]
[AllowAnonymous]
internal sealed class PageThatIsOpen : ComponentBase;

[Authorize(Policies.ViewSituation)]
internal sealed class HubWithAnOpenMethod : Hub
{
    [Authorize(Policies.ViewSituation)]
    public int Guarded() => 1;

    public int Open() => 2;

    [Authorize("ViewSituations")]
    public int Misspelt() => 3;
}
