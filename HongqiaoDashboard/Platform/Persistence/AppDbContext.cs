using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>
/// The one database context. It has no sets of its own: features bring their entity configurations, and use
/// <c>Set&lt;T&gt;()</c>, so that nothing here names a feature. Outside Platform it is reached through
/// <see cref="IReadDoor"/> for reading and <see cref="IWriteLane"/> for writing.
/// </summary>
/// <param name="options">Provider and connection.</param>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // SQLite compares neither offsets nor text dates reliably: instants are integer milliseconds since 1970, UTC.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}
