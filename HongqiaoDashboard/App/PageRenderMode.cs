using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace HongqiaoDashboard.App;

/// <summary>
/// The one decision on render modes: pages run interactively on the server, without prerendering, so that each page loads
/// its data once and its first frame is already live. Pages that set cookies are static (<c>[ExcludeFromInteractiveRouting]</c>).
/// </summary>
internal static class PageRenderMode
{
    /// <summary>Mode of every interactive page.</summary>
    public static IComponentRenderMode Interactive { get; } = new InteractiveServerRenderMode(prerender: false);
}
