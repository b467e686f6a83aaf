using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Antiforgery;

namespace HongqiaoDashboard.Platform.Web;

/// <summary>
/// For requests that a page's own script makes beside the circuit. A foreign page can neither read the token nor send the
/// header that carries it.
/// </summary>
internal static class AntiforgeryToken
{
    /// <summary>Where a script asks for a token, for the header <c>RequestVerificationToken</c>.</summary>
    public const string Address = "/antiforgery";

    /// <summary>Maps <see cref="Address"/>.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapAntiforgeryToken(this WebApplication app) => app
        .MapGet(Address, (HttpContext context, IAntiforgery antiforgery) => Results.Json(new { token = antiforgery.GetAndStoreTokens(context).RequestToken }))
        .RequireAuthorization(Policies.ViewSituation);

    /// <summary>Whether a request comes from a page of this program, told by its header and nothing in its body.</summary>
    /// <param name="context">The request.</param>
    public static Task<bool> IsValidAsync(HttpContext context) => context.Request.HasFormContentType
        // A form would be read for the token, and the body is not the form's to read.
        ? Task.FromResult(false)
        : context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
}
