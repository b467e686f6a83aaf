using HongqiaoDashboard.Features.Access;
using HongqiaoDashboard.Features.Calendar;
using HongqiaoDashboard.Features.Campaigns;
using HongqiaoDashboard.Features.Grids;
using HongqiaoDashboard.Features.Incidents;
using HongqiaoDashboard.Features.Situation;
using HongqiaoDashboard.Features.Walls;
using HongqiaoDashboard.Platform.Backup;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;
using HongqiaoDashboard.Platform.Vault;
using HongqiaoDashboard.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>The program's services on a data folder of their own, in this process, nothing of it started.</summary>
internal sealed class PlatformHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServerLock _lock;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("hongqiao-test-");

    /// <summary>Composes and migrates.</summary>
    /// <param name="clock">Clock of the services; null for the real one.</param>
    /// <param name="configure">Last word on the services.</param>
    public PlatformHost(FakeTimeProvider? clock = null, Action<IServiceCollection>? configure = null)
    {
        var builder = Compose(_data.FullName);
        builder.AddSituation();
        builder.AddCampaigns();
        builder.AddWalls();
        if (clock is not null)
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
        }

        configure?.Invoke(builder.Services);
        _app = builder.Build();
        _lock = DatabaseStartup.Open(_app.Services)!;
    }

    /// <summary>Master key of the hosts, so that nothing of them goes into the profile of whoever runs the tests.</summary>
    public const string MasterKey = "bm90LWEtc2VjcmV0LW9ubHktZm9yLXRlc3RzLTAwMDE=";

    /// <summary>Composes what cases need.</summary>
    /// <param name="dataDirectory">Data folder.</param>
    /// <param name="settings">Configuration, <c>Key:Sub=value</c>.</param>
    public static WebApplicationBuilder Compose(string dataDirectory, params string[] settings)
    {
        var builder = WebApplication.CreateBuilder([DefaultEnvironment.Unwatched, $"--Data:Directory={dataDirectory}", $"--Data:MasterKey={MasterKey}", .. settings.Select(s => "--" + s)]);
        builder.Logging.ClearProviders();
        builder.AddPersistence();
        builder.AddVault();
        builder.AddBackup();
        builder.AddIdentity();
        builder.AddWebShell();
        builder.AddPhotos();
        builder.AddAccess();
        builder.AddCalendar();
        builder.AddGrids();
        builder.AddIncidents();
        return builder;
    }

    /// <summary>Data folder.</summary>
    public string DataDirectory => _data.FullName;

    /// <summary>A service.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A connection of its own that only reads.</summary>
    public SqliteConnection Open() => Databases.Open(DataDirectory);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _lock.Dispose();
        SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }
}

/// <summary>Looks into a data folder's database from outside, as an auditor does.</summary>
internal static class Databases
{
    /// <summary>Opens the database of a data folder for reading.</summary>
    /// <param name="dataDirectory">The folder.</param>
    public static SqliteConnection Open(string dataDirectory)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(dataDirectory, "hongqiao.db"), Mode = SqliteOpenMode.ReadWrite, Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>A single value.</summary>
    public static T Scalar<T>(this SqliteConnection connection, string sql) => (T)Query(connection, sql).Single()[0];

    /// <summary>All rows.</summary>
    public static List<object[]> Query(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of a test.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
