namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>Puts what the program ships into a database that lacks it, right after the migrations, while nobody else works on the folder.</summary>
public interface IDatabaseSeed
{
    /// <summary>Adds what is missing and saves it. Done twice, it changes nothing the second time.</summary>
    /// <param name="context">The migrated database.</param>
    /// <param name="now">The instant of it.</param>
    void Seed(AppDbContext context, DateTimeOffset now);
}
