using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Calendar;

/// <summary><c>GET /api/calendar/due</c> of the running program.</summary>
[Collection(ServerCollection.Name)]
public sealed class DueEndpointTests(SharedServer shared)
{
    [Fact]
    public async Task Due_OverMakeUpDaysAndAPause_AnswersWithWhatWasCounted()
    {
        var answer = await AskAsync("start=2026-02-13T17:30:00%2B08:00&promise=3wh&pause=2026-02-14T09:00:00%2B08:00/2026-02-14T09:30:00.250%2B08:00");
        // Saturday 14 February 2026 is worked, before the Spring Festival.
        Assert.Equal("2026-02-14T11:00:00.25+08:00", (string?)answer["due"]);
        Assert.Equal(
            [("2026-02-13T17:30:00+08:00", "2026-02-13T18:00:00+08:00"), ("2026-02-14T08:00:00+08:00", "2026-02-14T09:00:00+08:00"), ("2026-02-14T09:30:00.25+08:00", "2026-02-14T11:00:00.25+08:00")],
            answer["intervals"]!.AsArray().Select(interval => ((string)interval!["from"]!, (string)interval["to"]!)));
        Assert.Equal("calendar@1", (string?)answer["calendar"]);
        Assert.False((bool)answer["provisional"]!);
    }

    [Theory]
    // A plus sign that nobody escaped arrives as a space; an instant in any offset is the same instant.
    [InlineData("start=2026-02-13T17:30:00+08:00&promise=5wd", "2026-02-27T23:59:59.999+08:00")]
    [InlineData("start=2026-02-13T09:30Z&promise=5wd", "2026-02-27T23:59:59.999+08:00")]
    [InlineData("start=2026-02-13T04:30:00-0500&promise=5wd", "2026-02-27T23:59:59.999+08:00")]
    [InlineData("start=2026-02-13T17:30:00.123+08:00&promise=2h&pause=2026-02-13T18:00:00+08:00/2026-02-13T20:00:00+08:00&pause=2026-02-13T19:00:00+08:00/2026-02-13T20:30:00+08:00", "2026-02-13T22:00:00.123+08:00")]
    [InlineData("start=2026-02-13T17:30:00%2B08:00&promise=1wd&calendar=calendar@1", "2026-02-14T23:59:59.999+08:00")]
    public async Task Due_HoweverItIsWritten_IsOneInstant(string query, string due) => Assert.Equal(due, (string?)(await AskAsync(query))["due"]);

    [Theory]
    [InlineData("start=2026-12-30T10:00%2B08:00&promise=1wd", false)]
    [InlineData("start=2026-12-31T10:00%2B08:00&promise=1wd", true)]
    [InlineData("start=2026-12-31T10:00%2B08:00&promise=99h", false)]
    [InlineData("start=2016-05-10T10:00%2B08:00&promise=1wh", true)]
    public async Task Provisional_IsWhatReachesAYearWithoutSchedule(string query, bool provisional) =>
        Assert.Equal(provisional, (bool)(await AskAsync(query))["provisional"]!);

    [Theory]
    [InlineData("promise=2h", "start")]
    [InlineData("start=2026-02-13T17:30:00&promise=2h", "start")]
    [InlineData("start=2026-02-13&promise=2h", "start")]
    [InlineData("start=2026-02-30T17:30:00Z&promise=2h", "start")]
    [InlineData("start=2026-02-13T24:30:00Z&promise=2h", "start")]
    [InlineData("start=0001-01-01T00:00:00Z&promise=2h", "start")]
    [InlineData("start=9999-12-31T23:59:59Z&promise=10000wd", "start")]
    [InlineData("start=2026-02-13T17:30:00Z&start=2026-02-13T17:30:00Z&promise=2h", "start")]
    [InlineData("start=2026-02-13T17:30:00Z", "promise")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=0h", "promise")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=10001wd", "promise")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=99999999999999h", "promise")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=2.5h", "promise")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=5d", "promise")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=2h&pause=2026-02-13T18:30:00Z", "pause")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=2h&pause=2026-02-13T18:30:00/2026-02-13T19:30:00", "pause")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=2h&pause=2026-02-13T19:30:00Z/2026-02-13T18:30:00Z", "pause")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=2h&pause=2026-02-13T19:30:00Z/9999-02-13T18:30:00Z", "pause")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=2h&calendar=calendar@7", "calendar")]
    [InlineData("start=2026-02-13T17:30:00Z&promise=2h&calendar=", "calendar")]
    public async Task Due_OfWhatCannotBeRead_IsRefusedByName(string query, string parameter)
    {
        using var answer = await shared.Server.Http.GetAsync($"/api/calendar/due?{query}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal(parameter, (string?)problem!["parameter"]);
        Assert.NotEmpty((string)problem["detail"]!);
    }

    [Fact]
    public async Task Due_OfTheLongestPromise_ListsEveryDay()
    {
        var answer = await AskAsync("start=2026-02-13T17:30:00Z&promise=10000wd");
        Assert.Equal(10_000, answer["intervals"]!.AsArray().Count);
    }

    private async Task<JsonObject> AskAsync(string query)
    {
        using var answer = await shared.Server.Http.GetAsync($"/api/calendar/due?{query}", TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }
}
