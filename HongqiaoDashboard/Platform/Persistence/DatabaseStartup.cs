using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Reference;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>Brings the database to this program's version, once and alone.</summary>
internal static class DatabaseStartup
{
    /// <summary>Registers context factory, read door and write lane.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddPersistence(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DataDirectory>();
        builder.Services.AddSingleton<LaneMetrics>();
        builder.Services.AddDbContextFactory<AppDbContext>((services, options) => options
            .UseSqlite(SqliteConnections.ConnectionString(services.GetRequiredService<DataDirectory>()))
            .AddInterceptors(new PragmaInterceptor()));
        builder.Services.AddSingleton<IReadDoor, ReadDoor>();
        builder.Services.AddSingleton<IReadScope<ReferenceVersion>, OpenReadScope<ReferenceVersion>>();
        builder.Services.AddSingleton<IReadScope<Sequence>, OpenReadScope<Sequence>>();
        builder.Services.AddSingleton<WriteLane>();
        builder.Services.AddSingleton<IWriteLane>(services => services.GetRequiredService<WriteLane>());
        builder.Services.AddHostedService(services => services.GetRequiredService<WriteLane>());
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
    }

    /// <summary>Takes the data folder for this server and migrates its database.</summary>
    /// <param name="services">The composed application.</param>
    /// <returns>The lock, to be held as long as the server runs; null when another server works on the folder.</returns>
    public static ServerLock? Open(IServiceProvider services)
    {
        var held = ServerLock.TryTake(services.GetRequiredService<DataDirectory>());
        if (held is not null)
        {
            Migrate(services);
        }

        return held;
    }

    /// <summary>
    /// For verbs: migrates when no server has the folder; under a live server the schema must already be this program's.
    /// </summary>
    /// <param name="services">The composed application.</param>
    /// <exception cref="InvalidOperationException">A server of another version is running on the folder.</exception>
    public static void EnsureReady(IServiceProvider services)
    {
        using var held = ServerLock.TryTake(services.GetRequiredService<DataDirectory>());
        if (held is not null)
        {
            Migrate(services);
            return;
        }

        using var context = services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();
        if (context.Database.GetPendingMigrations().Any())
        {
            throw new InvalidOperationException("A server of another version is running on this data folder; stop it first, or use its own program. 此数据目录正由另一版本的服务使用，请先停止该服务。");
        }
    }

    private static void Migrate(IServiceProvider services)
    {
        using var context = services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();
        context.Database.OpenConnection();
        if (context.Database.GetPendingMigrations().Any())
        {
            // Entity Framework's own lock row outlives a killed migration and would block for ever. The folder is ours alone here.
            context.Database.ExecuteSqlRaw("DROP TABLE IF EXISTS \"__EFMigrationsLock\"");
            context.Database.Migrate();
        }

        SqliteConnections.Assert((SqliteConnection)context.Database.GetDbConnection());
        var now = DateTimeOffset.FromUnixTimeMilliseconds(services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var seed in services.GetServices<IDatabaseSeed>())
        {
            seed.Seed(context, now);
        }
    }
}

/// <summary>Lets the migration tool make a context without starting the program.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<AppDbContext>
{
    public AppDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<AppDbContext>().UseSqlite("Data Source=:memory:").Options);
}
