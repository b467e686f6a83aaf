using System.Net;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>
/// The names that this server goes by. A site can let its own name point at any address for a while; a browser that looks at it
/// then takes this server for a part of that site. Addresses and this machine's name cannot be taken so.
/// </summary>
internal static class OwnNames
{
    /// <summary>Where names are configured, parted by semicolons. The framework holds to them; <c>*</c> is every name.</summary>
    public const string ConfigurationKey = "AllowedHosts";

    private static readonly string Machine = Dns.GetHostName();

    /// <summary>Refuses requests for a name that is not ours, unless names are configured. Health is told by any name.</summary>
    /// <param name="app">The composed application.</param>
    public static void UseOwnNames(this WebApplication app)
    {
        if (!string.IsNullOrEmpty(app.Configuration[ConfigurationKey]))
        {
            return;
        }

        app.Use((context, next) => IsAddressOrMachine(context.Request.Host.Host) || context.Request.Path.StartsWithSegments("/health")
            ? next(context)
            : GuardRefusal.WriteAsync(context, StatusCodes.Status403Forbidden, "ForeignHost", context.Request.Host.Host));
    }

    /// <summary>Whether a name can only be this very machine's, as it is seen from itself.</summary>
    /// <param name="host">Name or address, without a port.</param>
    public static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (AddressOf(host) is { } address && IPAddress.IsLoopback(address));

    private static bool IsAddressOrMachine(string host) =>
        IsThisMachine(host) || AddressOf(host) is not null || host.Equals(Machine, StringComparison.OrdinalIgnoreCase);

    private static IPAddress? AddressOf(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null;
}
