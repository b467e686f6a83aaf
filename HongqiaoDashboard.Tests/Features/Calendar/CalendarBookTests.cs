using System.Globalization;
using HongqiaoDashboard.Features.Calendar.Components;
using HongqiaoDashboard.Features.Calendar.Data;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Calendar;

public sealed class CalendarBookTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private CalendarBook Book => _database.Get<CalendarBook>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("zh-CN", "日历有 2 处问题，未发布。")]
    [InlineData("en", "The calendar has 2 faults and was not published.")]
    public async Task Calendar_WithFaults_IsRefusedByTheBookItself(string culture, string sentence)
    {
        var faulty = Book.InForce.Value.With(new DateOnly(2024, 6, 3), DayKind.Worked, "t") with { Hours = [] };

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Book.PublishAsync(faulty, 1, "t", TestDatabase.Operator, TestContext.Current.CancellationToken));

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        Assert.Equal(("CalendarFaulty", sentence), (refused.Refusal.Code, _database.Get<CalendarWords>().Sentence(refused.Refusal)));
        Assert.Equal(1, Book.InForce.Version);
    }
}
