using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>Lists over years of cases are quick only by an index; a change of a condition's form loses it silently.</summary>
public sealed class IncidentPlanTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("open", "IX_Incidents_State_ReportedAt")]
    [InlineData("state", "IX_Incidents_State_ReportedAt")]
    [InlineData("overdue", "IX_Incidents_State_ReportedAt")]
    [InlineData("due", "IX_Incidents_DueAt")]
    [InlineData("basic", "IX_Incidents_GridCode_ReportedAt")]
    [InlineData("community", "IX_Incidents_GridCode_ReportedAt")]
    [InlineData("street", "IX_Incidents_ReportedAt")]
    [InlineData("days", "IX_Incidents_ReportedAt")]
    [InlineData("all", "IX_Incidents_ReportedAt")]
    [InlineData("number", "IX_Incidents_Number")]
    public void Plan_OfAUsualList_ReadsItsIndex(string list, string index)
    {
        var query = list switch
        {
            "open" => new IncidentQuery { OpenOnly = true },
            "state" => new IncidentQuery { States = [IncidentState.Closed] },
            "overdue" => new IncidentQuery { OverdueOnly = true },
            "basic" => new IncidentQuery { GridCode = "120106001001001" },
            "community" => new IncidentQuery { GridCode = "120106001001" },
            "street" => new IncidentQuery { GridCode = "120106001" },
            "days" => new IncidentQuery { ReportedFrom = new DateOnly(2024, 5, 1) },
            "number" => new IncidentQuery { Text = "HQ20240507" },
            _ => new IncidentQuery(),
        };
        using var read = database.Door.Open(Actor.System);
        var rows = read.Query<Incident>().Where(query, database.Grids.Current.TimeZone, database.Clock.GetUtcNow(), counting: false);
        rows = list == "due" ? rows.Where(i => i.DueAt != null).OrderBy(i => i.DueAt).ThenBy(i => i.Id) : rows.OrderByDescending(i => i.ReportedAt).ThenByDescending(i => i.Id);

        Assert.Contains(index, PlanOf(rows.Take(25)), StringComparison.Ordinal);
    }

    private string PlanOf(IQueryable<Incident> rows)
    {
        using var connection = Databases.Open(database.DataDirectory);
        using var command = rows.CreateDbCommand();
        using var explain = connection.CreateCommand();
#pragma warning disable CA2100 // The product's own statement.
        explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
#pragma warning restore CA2100
        foreach (System.Data.Common.DbParameter parameter in command.Parameters)
        {
            explain.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
        }

        using var reader = explain.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read())
        {
            plan.Add(reader.GetString(3));
        }

        return string.Join('\n', plan);
    }
}
