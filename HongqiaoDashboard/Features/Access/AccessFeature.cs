using HongqiaoDashboard.Features.Access.Keys;

namespace HongqiaoDashboard.Features.Access;

/// <summary>Who may come in: keys of programs.</summary>
internal static class AccessFeature
{
    /// <summary>Adds access.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddAccess(this WebApplicationBuilder builder) => builder.AddKeys();
}
