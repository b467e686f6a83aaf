using Microsoft.AspNetCore.Antiforgery;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>
/// Lets only forms of this program's own pages through. The framework's mark on an endpoint only has the token looked at: what reads
/// no form is run all the same.
/// </summary>
internal sealed class OwnFormFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } ? await next(context) : Results.BadRequest();
}
