using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>Lists over years of cases are quick only by an index; a change of a condition's form loses it silently.</summary>
public sealed partial class IncidentPlanTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // Every list that the page can ask for, alone and in the company that misleads the planner: a page of it, in each order.
    public static TheoryData<string, string> Lists => new()
    {
        { "open", "IX_Incidents_State_ReportedAt" },
        { "state", "IX_Incidents_State_ReportedAt" },
        { "overdue", "IX_Incidents_State_ReportedAt" },
        { "basic", "IX_Incidents_GridCode_ReportedAt" },
        { "community", "IX_Incidents_GridCode_ReportedAt" },
        { "street", "IX_Incidents_GridCode_ReportedAt" },
        { "type", "IX_Incidents_Type_ReportedAt" },
        { "department", "IX_Incidents_Department_ReportedAt" },
        { "category", "IX_Incidents_Category_ReportedAt" },
        { "number", "IX_Incidents_Number" },
        { "days", "IX_Incidents_ReportedAt" },
        { "text", "INTEGER PRIMARY KEY" },
        { "open of a department", "IX_Incidents_State_ReportedAt" },
        { "open of a street", "IX_Incidents_State_ReportedAt" },
        { "type of a department", "IX_Incidents_Type_ReportedAt" },
        { "closed of a category", "IX_Incidents_Category_ReportedAt" },
        { "text of a type", "INTEGER PRIMARY KEY" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Plan_OfAListOfFew_ReadsTheIndexOfItsLead(string list, string index)
    {
        using var read = database.Door.Open(Actor.System);
        var query = Query(list);

        var plan = PlanOf(Rows(read, query, IncidentFilter.Lead(query, hits: 1, ListLimits.Usual)).Select(i => new { i.Id, i.DueAt }).Take(IncidentQuery.Reach + 1));

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN i", plan, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Plan_OfAListOfMany_WalksTheIndexOfItsOrder(string list, string index)
    {
        using var read = database.Door.Open(Actor.System);
        var query = Query(list);
        if (list is "number" or "days" || query.OverdueOnly)
        {
            return;
        }

        var rows = Rows(read, query, CaseLead.Order);
        string[] plans =
        [
            PlanOf(rows.OrderByDescending(i => i.ReportedAt).ThenByDescending(i => i.Id).Take(25)),
            PlanOf(rows.OrderBy(i => i.UpdatedAt).ThenBy(i => i.Id).Take(25)),
            PlanOf(rows.Where(i => i.DueAt != null).OrderBy(i => i.DueAt).ThenBy(i => i.Id).Take(25)),
        ];

        Assert.Equal(["IX_Incidents_ReportedAt", "IX_Incidents_UpdatedAt", "IX_Incidents_DueAt"], plans.Select(plan => Index().Match(plan).Value));
        Assert.All(plans, plan => Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal));
        Assert.NotEmpty(index);
    }

    private static IncidentQuery Query(string list) => list switch
    {
        "open" => new() { OpenOnly = true },
        "state" => new() { States = [IncidentState.Closed] },
        "overdue" => new() { OverdueOnly = true },
        "basic" => new() { GridCode = "120106001001001" },
        "community" => new() { GridCode = "120106001001" },
        "street" => new() { GridCode = "120106001" },
        "type" => new() { Type = "0401" },
        "department" => new() { Department = "chengguan" },
        "category" => new() { Category = "04" },
        "days" => new() { ReportedFrom = new DateOnly(2024, 5, 1) },
        "number" => new() { Text = "HQ20240507" },
        "text" => new() { Text = "井盖" },
        "open of a department" => new() { OpenOnly = true, Department = "chengguan", Category = "04" },
        "open of a street" => new() { OpenOnly = true, GridCode = "120106001" },
        "type of a department" => new() { Type = "0401", Department = "chengguan", GridCode = "120106001" },
        "closed of a category" => new() { States = [IncidentState.Closed], Category = "04" },
        "text of a type" => new() { Text = "井盖", Type = "0401", OpenOnly = true },
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, null),
    };

    private IQueryable<Incident> Rows(ReadSession read, IncidentQuery query, CaseLead lead)
    {
        var condition = CaseText.Condition(query.Text);
        var found = query.Text is null or ['H', ..] ? null : read.Query<CaseSearchRow>().Where(s => s.Match == condition).Select(s => s.Id);
        return read.Query<Incident>().Where(query, database.Grids.Current.TimeZone, database.Clock.GetUtcNow(), lead, found);
    }

    [GeneratedRegex(@"IX_\w+")]
    private static partial Regex Index();

    private string PlanOf<T>(IQueryable<T> rows)
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
