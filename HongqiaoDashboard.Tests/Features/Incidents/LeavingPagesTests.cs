using Bunit;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Pages;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>Who leaves a page while it still reads must not meet its error on the next one.</summary>
public sealed class LeavingPagesTests : CasePages
{
    [Fact]
    public async Task CasePage_LeftWhileItReads_FailsForNobody()
    {
        var number = (await Database.ReportAsync()).Number;
        var reader = Hold();
        Render<CasePage>(parameters => parameters.Add(p => p.Number, number));

        await LeaveAsync(reader);
        Assert.Equal(["find"], reader.Asked);
    }

    [Fact]
    public async Task CaseListPage_LeftWhileItReads_FailsForNobody()
    {
        var reader = Hold();
        Render<CaseListPage>();

        await LeaveAsync(reader);
        Assert.Equal(["search"], reader.Asked);
    }

    private HeldReader Hold()
    {
        var reader = new HeldReader(Database.Reader);
        Services.AddSingleton<IIncidentReader>(reader);
        return reader;
    }

    private async Task LeaveAsync(HeldReader reader)
    {
        await DisposeComponentsAsync();
        reader.Answer.SetResult();
        await Renderer.Dispatcher.InvokeAsync(() => { });
        Assert.False(Renderer.UnhandledException.IsCompleted, "The page that was left has failed.");
    }

    /// <summary>A reader that has its answer and gives it only when it is told to, whether or not anybody still waits.</summary>
    private sealed class HeldReader(IIncidentReader inner) : IIncidentReader
    {
        public TaskCompletionSource Answer { get; } = new();

        public List<string> Asked { get; } = [];

        public Task<Incident?> FindAsync(string number, Actor actor, CancellationToken cancellation = default) =>
            HoldAsync("find", inner.FindAsync(number, actor, CancellationToken.None));

        public Task<IReadOnlyList<IncidentEvent>> TimelineAsync(string number, Actor actor, CancellationToken cancellation = default)
        {
            cancellation.ThrowIfCancellationRequested();
            return HoldAsync("timeline", inner.TimelineAsync(number, actor, CancellationToken.None));
        }

        public Task<IncidentPage> SearchAsync(IncidentQuery query, Actor actor, CancellationToken cancellation = default) =>
            HoldAsync("search", inner.SearchAsync(query, actor, CancellationToken.None));

        private async Task<T> HoldAsync<T>(string question, Task<T> answer)
        {
            Asked.Add(question);
            var known = await answer;
            await Answer.Task;
            return known;
        }
    }
}
