using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Bench;

/// <summary>Fills a database with years of cases that are closed as a rule, by the way that imports take.</summary>
internal static class HistoryFill
{
    private const int Batch = 256;

    private static readonly Actor Filler = new("bench", "bench", Roles.Admin, null);

    private static readonly string[] Things = ["井盖缺失", "路灯不亮", "占道经营", "垃圾堆放", "污水外溢", "私搭乱建", "绿化损坏", "噪声扰民", "消防通道堵塞", "围挡破损", "电动车乱停", "树枝遮挡"];
    private static readonly string[] Places = ["小区门口", "菜市场旁", "地铁口", "学校西侧", "河堤", "便道", "楼道内", "公交站", "医院后门", "桥下"];
    private static readonly string[] Roads = ["丁字沽三号路", "勤俭道", "红桥北大街", "西马路", "咸阳北路", "芥园道", "复兴路", "光荣道", "本溪路", "子牙河南路"];

    /// <summary>Fills.</summary>
    /// <param name="app">The program; its database is empty.</param>
    /// <param name="cases">How many.</param>
    /// <param name="now">The last ones lie before this.</param>
    public static async Task RunAsync(WebApplication app, int cases, DateTimeOffset now)
    {
        var history = app.Services.GetRequiredService<IIncidentHistory>();
        var types = app.Services.GetRequiredService<IIncidentCatalog>().Categories.SelectMany(category => category.Types).ToArray();
        var points = House.Places(app);
        var storing = Task.FromResult<IReadOnlyList<bool>>([]);
        for (var first = 0; first < cases; first += Batch)
        {
            var drafts = Enumerable.Range(first, Math.Min(Batch, cases - first)).Select(n => Judge(history, Make(n, cases, types, points, now))).ToList();
            await storing;
            storing = history.StoreAsync(drafts, Filler);
        }

        await storing;
    }

    private static HistoricDraft Judge(IIncidentHistory history, HistoricCase made) =>
        history.Judge(made, out var draft) is { } fault ? throw new InvalidOperationException(fault.ToString()) : draft!;

    // Spread by multiplicative hashing: the same cases on every run, without one column following another.
    private static HistoricCase Make(int n, int cases, IncidentType[] types, GeoPoint[] points, DateTimeOffset now)
    {
        var type = types[Pick(n, 1, types.Length)];
        // Eight years, the newest last; the last two thousandths are still being worked on.
        var reported = now - TimeSpan.FromMinutes((cases - n) * (8 * 525_600.0 / cases));
        var closes = n < cases - (cases / 500);
        var (accepted, resolved) = (reported.AddMinutes(5), reported.AddMinutes(60 + Pick(n, 2, 400)));
        List<HistoricStep> steps = [new(Kind.Accepted, accepted), new(Kind.Dispatched, accepted.AddMinutes(5))];
        if (closes)
        {
            steps.AddRange([new(Kind.Resolved, resolved), new(Kind.Closed, resolved.AddMinutes(30))]);
        }

        steps.RemoveAll(step => step.At >= now);
        var road = Roads[Pick(n, 3, Roads.Length)];
        return new HistoricCase
        {
            ExternalId = $"bench:{n}", Type = type.Code, Point = points[Pick(n, 4, points.Length)], ReportedAt = reported, Department = type.Department,
            Severity = Pick(n, 5, 20) == 0 ? IncidentSeverity.Major : IncidentSeverity.Ordinary,
            Address = $"{road}{1 + Pick(n, 6, 300)}号", Steps = steps,
            Description = $"{road}{Places[Pick(n, 7, Places.Length)]}{Things[Pick(n, 8, Things.Length)]}，编号{n % 1000}，请尽快处理{(n % 10_000 == 7 ? "，涉及古树名木" : "")}",
        };
    }

    private static int Pick(int n, int salt, int among) => (int)(((uint)n * 2_654_435_761u ^ (uint)salt * 2_246_822_519u) * 3_266_489_917u >> 8) % among;
}
