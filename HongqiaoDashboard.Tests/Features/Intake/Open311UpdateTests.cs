using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>The updates extension over the real desk: what operators do comes out, what reporters send goes in once.</summary>
public sealed class Open311UpdateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Updates_OfACaseThatIsMovedThroughout_TellEveryStepInOrder()
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync();
        Kind[] moves =
        [
            Kind.Accepted, Kind.Dispatched, Kind.CheckedIn, Kind.Suspended, Kind.Resumed, Kind.HandlingStarted, Kind.Extended, Kind.Resolved,
            Kind.Reworked, Kind.Resolved, Kind.Verified, Kind.Closed, Kind.Reopened,
        ];
        foreach (var move in moves)
        {
            await house.MoveAsync(number, move);
        }

        var updates = await house.UpdatesAsync(number);

        Assert.Equal(
            ["investigating", "action_scheduled", "in_progress", "planned", "in_progress", "in_progress", "in_progress", "fixed",
                "in_progress", "fixed", "fixed", "closed", "open"],
            updates.Select(u => (string?)u["status"]));
        Assert.Equal(
            Enumerable.Range(1, moves.Length).Select(minute => new DateTimeOffset(2024, 5, 6, 10, minute, 0, TimeSpan.FromHours(8))),
            updates.Select(u => DateTimeOffset.Parse((string)u["updated_datetime"]!, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("Dispatched to Emergency Management Bureau.", (string?)updates[1]["description"]);
        Assert.Equal(updates.Select(u => (string)u["update_id"]!), (await house.UpdatesAsync(number)).Select(u => (string)u["update_id"]!));
        Assert.Distinct(updates.Select(u => (string)u["update_id"]!));
    }

    [Theory]
    [InlineData(Kind.Rejected, "no_further_action")]
    [InlineData(Kind.Merged, "duplicate")]
    public async Task Updates_OfACaseThatIsNotTakenOn_SayWhatBecameOfIt(Kind kind, string status)
    {
        await using var house = await Open311House.StartAsync();
        var (number, other) = (await house.ReportAsync(), await house.ReportAsync());

        await house.MoveAsync(number, kind, new IncidentMove(kind) { Text = "words", MergeInto = kind == Kind.Merged ? other : null });

        var update = Assert.Single(await house.UpdatesAsync(number));
        Assert.Equal(status, (string?)update["status"]);
        Assert.Equal(kind == Kind.Merged, ((string)update["description"]!).Contains(other, StringComparison.Ordinal));
        var request = (await house.GetAsync($"/requests/{number}.json")).Json[0]!;
        Assert.Equal("closed", (string?)request["status"]);
        Assert.Equal(kind == Kind.Merged, ((string)request["status_notes"]!).Contains(other, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Updates_BeforeAnyoneElse_HoldNoWordsOfMoversOrReporters()
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync("0401", Open311House.Key, ("description", "planted-report"));
        await house.CloseAsync(number);
        await house.UpdateAsync(number, "planted-update-id", "REOPEN", "planted-update 13912345678");
        await house.MoveAsync(number, Kind.Noted, new IncidentMove(Kind.Noted) { Text = "planted-remark" });

        foreach (var path in (string[])["/servicerequestupdates", $"/requests/{number}", "/requests"])
        {
            foreach (var answer in (Answer[])[
                await house.GetAsync(path + ".json?extensions=true"), await house.GetAsync(path + ".xml?extensions=true"),
                await house.GetAsync(path + ".json?extensions=true", Open311House.OtherKey)])
            {
                Assert.Equal(200, answer.Status);
                Assert.Contains(number, answer.Body, StringComparison.Ordinal);
                Assert.All((string[])["planted", "words-of-", "13912345678", "张敏", "李主任"], secret => Assert.DoesNotContain(secret, answer.Body, StringComparison.Ordinal));
            }
        }

        var own = await house.UpdatesAsync(number, Open311House.Key);
        Assert.Equal("Closed. words-of-Closed 139****5678", (string?)own.Single(u => (string?)u["status"] == "closed")["description"]);
        Assert.Equal(("planted-update-id", "planted-update 139****5678"), ((string?)own[^1]["update_id"], (string?)own[^1]["description"]));
        Assert.DoesNotContain(own, u => u.ToJsonString().Contains("planted-remark", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Updates_OfACategoryThatIsOnlyCounted_AreThereForNobody()
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync("0201");
        await house.MoveAsync(number, Kind.Accepted);

        Assert.Equal(200, (await house.UpdateAsync(number, "1")).Status);
        Assert.Equal(404, (await house.UpdateAsync(number, "2", key: Open311House.OtherKey)).Status);
        Assert.Empty(await house.UpdatesAsync(number));
        Assert.Empty(await house.UpdatesAsync(number, Open311House.Key));
    }

    [Fact]
    public async Task Updates_WithoutDates_AreThoseOfTheLastTwoHours()
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync();
        await house.MoveAsync(number, Kind.Accepted);
        house.Clock.Advance(TimeSpan.FromHours(2));
        await house.MoveAsync(number, Kind.Dispatched);

        Assert.Equal(["action_scheduled"], (await house.UpdatesAsync(number)).Select(u => (string?)u["status"]));
        Assert.Equal(["investigating"], (await house.UpdatesAsync(number, null, "start_date=2024-05-06T10:00:00%2B08:00&end_date=2024-05-06T10:01:00%2B08:00")).Select(u => (string?)u["status"]));
        Assert.Equal(2, (await house.UpdatesAsync(number, null, "start_date=2024-05-06")).Count);
        Assert.Equal(2, (await house.UpdatesAsync(number, null, "start_date=2024-05-06&page_size=1")).Count + (await house.UpdatesAsync(number, null, "start_date=2024-05-06&page_size=1&page=2")).Count);
        Assert.Empty(await house.UpdatesAsync(number, null, "start_date=2024-05-06&page_size=1&page=3"));
    }

    [Theory]
    [InlineData("start_date=yesterday")]
    [InlineData("start_date=2024-05-06&end_date=2024-05-05")]
    [InlineData("start_date=2024-01-01&end_date=2024-05-05")]
    [InlineData("page=0")]
    [InlineData("page_size=1001")]
    [InlineData("jurisdiction_id=elsewhere")]
    public async Task Updates_WrongParameter_IsRefusedAlikeInBothFormats(string query)
    {
        await using var house = await Open311House.StartAsync();

        var json = await house.GetAsync("/servicerequestupdates.json?" + query);
        var xml = await house.GetAsync("/servicerequestupdates.xml?" + query);

        Assert.InRange(json.Status, 400, 404);
        Assert.Equal(json.Status, xml.Status);
        Assert.Equal(WireLeaves.Of(json.Json), WireLeaves.Of(xml.Xml));
    }

    [Theory]
    [InlineData("CLOSED")]
    [InlineData("FIXED")]
    [InlineData("REOPEN")]
    [InlineData("IN_PROGRESS")]
    public async Task Post_AnyStatusOnAnOpenCase_IsARemarkThatMovesNothing(string status)
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync();
        await house.MoveAsync(number, Kind.Accepted);

        var posted = await house.UpdateAsync(number, "comment-1", status, "已经清走了 <b>谢谢</b> & 再见", format: "xml");

        Assert.Equal("comment-1", posted.Xml.Element("request_update")!.Element("update_id")!.Value);
        var entry = (await house.LogAsync(number))[^1];
        Assert.Equal((Kind.Noted, IncidentState.Accepted), (entry.Kind, entry.To));
        Assert.Equal(("已经清走了 <b>谢谢</b> & 再见", "comment-1", status), (entry.Detail.Text, entry.Detail.UpdateId, entry.Detail.UpdateStatus));
        var back = (await house.UpdatesAsync(number, Open311House.Key))[^1];
        Assert.Equal(("comment-1", "investigating", "已经清走了 <b>谢谢</b> & 再见"), ((string?)back["update_id"], (string?)back["status"], (string?)back["description"]));
    }

    [Theory]
    [InlineData("REOPEN")]
    [InlineData("OPEN")]
    public async Task Post_ReopeningOfAClosedCase_ReopensItOnce(string status)
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync();
        await house.CloseAsync(number);

        Assert.Equal(200, (await house.UpdateAsync(number, "again", status)).Status);

        var reopened = (await house.Reader.FindAsync(number, Actor.System, Cancellation))!;
        Assert.Equal((IncidentState.Accepted, 1), (reopened.State, reopened.Reopenings));
        Assert.Equal("open", (string?)(await house.GetAsync($"/requests/{number}.json")).Json[0]!["status"]);
        foreach (var kind in (Kind[])[Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed])
        {
            await house.MoveAsync(number, kind);
        }

        // A second reopening is not the reporter's to make; the operators read it.
        Assert.Equal(200, (await house.UpdateAsync(number, "and again", status)).Status);
        Assert.Equal(Kind.Noted, (await house.LogAsync(number))[^1].Kind);
    }

    [Fact]
    public async Task Post_TheSameAgain_AnswersTheSameAndAddsNothing()
    {
        await using var house = await Open311House.StartAsync();
        var (number, other) = (await house.ReportAsync(), await house.ReportAsync());
        var theirs = await house.ReportAsync("0401", Open311House.OtherKey);

        var answers = new List<Answer>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add(await house.UpdateAsync(number, "u-1", "OPEN", $"第 {i} 次"));
        }

        Assert.All(answers, answer => Assert.Equal("""[{"update_id":"u-1"}]""", answer.Body));
        Assert.Equal(2, (await house.LogAsync(number)).Count);
        Assert.Equal(400, (await house.UpdateAsync(other, "u-1")).Status);
        Assert.Single(await house.LogAsync(other));
        // Another reporter's name for an update is another name.
        Assert.Equal(200, (await house.UpdateAsync(theirs, "u-1", key: Open311House.OtherKey)).Status);
    }

    [Theory]
    [InlineData("service_request_id", "", 400)]
    [InlineData("service_request_id", "HQ20000101-000001", 404)]
    [InlineData("update_id", "", 400)]
    [InlineData("update_id", "a\nb", 400)]
    [InlineData("status", "", 400)]
    [InlineData("status", "open", 400)]
    [InlineData("status", "DONE", 400)]
    [InlineData("updated_datetime", "", 400)]
    [InlineData("updated_datetime", "2024-05-06", 400)]
    [InlineData("updated_datetime", "2024-05-06T10:00:00", 400)]
    [InlineData("description", "", 400)]
    [InlineData("description", "  ", 400)]
    [InlineData("description", "a\0b", 400)]
    [InlineData("media_url", "javascript:alert(1)", 400)]
    [InlineData("jurisdiction_id", "elsewhere", 404)]
    public async Task Post_WrongField_IsRefusedAlikeInBothFormatsAndLeavesNothing(string field, string value, int status)
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync();
        (string Name, string Value)[] sound =
            [("service_request_id", number), ("update_id", "1"), ("status", "OPEN"), ("updated_datetime", "2024-05-06T10:00:00+08:00"), ("description", "words")];
        (string, string)[] fields = [.. sound.Where(f => f.Name != field), (field, value)];

        var json = await house.PostAsync("/servicerequestupdates.json", Open311House.Key, fields);
        var xml = await house.PostAsync("/servicerequestupdates.xml", Open311House.Key, fields);

        Assert.Equal((status, status), (json.Status, xml.Status));
        Assert.Equal(WireLeaves.Of(json.Json), WireLeaves.Of(xml.Xml));
        Assert.Single(await house.LogAsync(number));
    }

    [Fact]
    public async Task Post_ByAnyoneElse_IsForbidden()
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync();

        Assert.Equal(403, (await house.UpdateAsync(number, "1", key: null)).Status);
        Assert.Equal(403, (await house.UpdateAsync(number, "1", key: "wrong")).Status);
        Assert.Equal(403, (await house.UpdateAsync(number, "1", key: Open311House.OtherKey)).Status);
        Assert.Single(await house.LogAsync(number));
    }

    [Fact]
    public async Task Post_WithPersonalFields_KeepsNoneOfThem()
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync();

        var answer = await house.PostAsync("/servicerequestupdates.json", Open311House.Key, ("service_request_id", number), ("update_id", "7"), ("status", "OPEN"),
            ("updated_datetime", "2024-05-06T02:00:00Z"), ("description", "words"), ("media_url", "https://example.org/after.jpg"), ("service_request_id_ext", "12"),
            ("email", "planted@example.org"), ("first_name", "planted"), ("last_name", "planted"), ("title", "planted"), ("account_id", "planted"));

        Assert.True(answer.Status == 200, answer.Body);
        var entry = (await house.LogAsync(number))[^1];
        Assert.DoesNotContain("planted", System.Text.Json.JsonSerializer.Serialize(entry), StringComparison.Ordinal);
        Assert.Equal("https://example.org/after.jpg", (string?)(await house.UpdatesAsync(number, Open311House.Key))[^1]["media_url"]);
        Assert.Null((string?)(await house.UpdatesAsync(number))[^1]["media_url"]);
    }

    [Fact]
    public async Task Extensions_OfOwnCase_AreItsAnswersAndWhatHappened()
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync("0702", Open311House.Key, ("attribute[width]", "1.5"), ("attribute[traffic]", "yes"));
        await house.MoveAsync(number, Kind.Accepted);
        await house.UpdateAsync(number, "1", "OPEN", "又塌了一点，电话13912345678");

        var plain = (await house.GetAsync($"/requests/{number}.json", Open311House.Key)).Json[0]!.AsObject();
        var own = (await house.GetAsync($"/requests/{number}.json?extensions=true&locale=en", Open311House.Key)).Json[0]!;
        var listed = (await house.GetAsync($"/requests.xml?extensions=TRUE&locale=en&service_request_id={number}", Open311House.Key)).Xml.Element("request")!;
        var others = (await house.GetAsync($"/requests/{number}.json?extensions=true")).Json[0]!;

        Assert.False(plain.ContainsKey("attributes") || plain.ContainsKey("notes"));
        Assert.Equal("""{"width":"1.5","traffic":"yes"}""", own["attributes"]!.ToJsonString());
        Assert.Equal("yes", listed.Element("attributes")!.Element("traffic")!.Value);
        Assert.Equal(["reported", "accepted", "noted"], own["notes"]!.AsArray().Select(n => (string?)n!["type"]));
        Assert.Equal("又塌了一点，电话139****5678", (string?)own["notes"]![2]!["description"]);
        Assert.Equal("2024-05-06T10:01:00+08:00", (string?)own["notes"]![1]!["datetime"]);
        Assert.Equal(["reported", "accepted", "noted"], listed.Element("notes")!.Elements("note").Select(n => n.Element("type")!.Value));
        Assert.Empty(others["attributes"]!.AsObject());
        Assert.Equal(3, others["notes"]!.AsArray().Count);
    }

    [Fact]
    public async Task ClosedCase_WithARemarkSince_KeepsTheDateOfItsClosing()
    {
        await using var house = await Open311House.StartAsync();
        var number = await house.ReportAsync();
        await house.CloseAsync(number);
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        await house.UpdateAsync(number, "1", "FIXED", "谢谢");

        JsonNode request = (await house.GetAsync($"/requests/{number}.json")).Json[0]!;

        Assert.Equal("2024-05-06T10:05:00+08:00", (string?)request["updated_datetime"]);
    }
}
