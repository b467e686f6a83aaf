using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using RouteData = Microsoft.AspNetCore.Components.RouteData;

namespace HongqiaoDashboard.Features.Access.Audit.Data;

/// <summary>
/// Where every question of authorisation ends. Whoever is turned away from an address, a hub's method, a page or an act is noted; a
/// menu that leaves out what one may not is no denial.
/// </summary>
internal sealed class DenialEvaluator(IDenials denials) : IAuthorizationEvaluator
{
    private static readonly object Noted = new();

    private readonly DefaultAuthorizationEvaluator _usual = new();

    public AuthorizationResult Evaluate(AuthorizationHandlerContext context)
    {
        var result = _usual.Evaluate(context);
        if (!result.Succeeded)
        {
            Note(context);
        }

        return result;
    }

    private void Note(AuthorizationHandlerContext context)
    {
        var actor = Actor.From(context.User);
        switch (context.Resource)
        {
            // Once a request: the page that tells of it is asked for on the same one.
            case HttpContext http when http.Items.TryAdd(Noted, null):
                denials.Note(http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } ? "/" + pattern.TrimStart('/') : "(unknown address)", actor, CallOrigin.Of(http));
                break;
            case HubInvocationContext call:
                denials.Note($"{call.Hub.GetType().Name}.{call.HubMethodName}", actor, call.Context.GetHttpContext() is { } request ? CallOrigin.Of(request) : null);
                break;
            case RouteData page:
                denials.Note(page.PageType.Name, actor);
                break;
            case ActDoor act:
                denials.Note("act:" + act.Policy, actor);
                break;
        }
    }
}
