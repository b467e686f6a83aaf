using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Campaigns.Live;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Campaigns;

/// <summary>The campaigns' desk and projection on a data folder of their own, the looks of the projection in the test's hand.</summary>
internal sealed class CampaignHouse : IAsyncDisposable
{
    public const string Relocation = "relocation";
    public const string Markets = "markets";

    /// <summary>Today at the beginning.</summary>
    public static readonly DateOnly Today = new(2026, 3, 10);

    public static readonly Actor Enterer = new("street-1", "王芳", Roles.StreetDispatcher, null);
    public static readonly Actor Other = new("street-2", "赵强", Roles.StreetDispatcher, null);

    /// <summary>Begins at 10:00 in the district.</summary>
    /// <param name="daysAgo">How long before today.</param>
    public CampaignHouse(int daysAgo = 0)
    {
        GoTo(daysAgo);
        Projection = Database.Get<CampaignProjection>();
    }

    public TestDatabase Database { get; } = new();

    public CampaignProjection Projection { get; }

    public ICampaignDesk Desk => Database.Get<ICampaignDesk>();

    public CampaignBook Book => Database.Get<CampaignBook>();

    /// <summary>The streets of the district.</summary>
    public static IReadOnlyList<GridUnit> Streets { get; } = [.. GridSamples.Shipped.Units.Where(unit => unit.Tier == GridTier.Street)];

    /// <summary>What ships.</summary>
    public static CampaignDocument Shipped { get; } = CampaignFile.Parse(File.ReadAllText(ReferenceData.File("campaigns", "campaigns.json")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A parcel.</summary>
    public static CampaignItem Parcel(string code = "P1", long households = 100, long area = 2_000, int street = 0) => new()
    {
        Code = code, Name = $"{code}号地块", GridCode = Streets[street].Code, Point = Streets[street].Centre,
        Totals = new Dictionary<string, long> { ["households"] = households, ["area"] = area },
    };

    /// <summary>A market.</summary>
    public static CampaignItem Market(string code = "M1", int street = 0, GeoPoint? point = null) => new()
    {
        Code = code, Name = $"{code}市场", GridCode = Streets[street].Code, Point = point ?? Streets[street].Centre, Totals = new Dictionary<string, long> { ["markets"] = 1 },
    };

    /// <summary>Households of a stage.</summary>
    public static StageAmount Households(string stage, long amount) => new(stage, "households", amount);

    /// <summary>The same number of households through all stages until they have moved out.</summary>
    public static StageAmount[] MovedOut(long amount) => [Households("surveyed", amount), Households("signed", amount), Households("moved-out", amount)];

    /// <summary>A market cleared in one day.</summary>
    public static StageAmount[] Cleared => [new("notified", "markets", 1), new("clearing", "markets", 1), new("cleared", "markets", 1)];

    public Task<CampaignItem> PutAsync(CampaignItem item, string campaign = Relocation, Actor? actor = null) =>
        Desk.PutItemAsync(campaign, item, actor ?? Enterer, Cancellation);

    /// <summary>Enters a day, counted back from today.</summary>
    public Task<CampaignEntry> EnterAsync(string item, int daysAgo, int basedOn, Actor actor, params StageAmount[] amounts) =>
        EnterAsync(Relocation, item, daysAgo, basedOn, actor, amounts);

    public Task<CampaignEntry> EnterAsync(string campaign, string item, int daysAgo, int basedOn, Actor actor, params StageAmount[] amounts) =>
        Desk.EnterAsync(campaign, new DayEntry { Item = item, Day = Today.AddDays(-daysAgo), Amounts = amounts, BasedOn = basedOn }, actor, Cancellation);

    /// <summary>Lets time pass until 10:00 of a day, counted back from today.</summary>
    public void GoTo(int daysAgo) => Database.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 10, 2, 0, 0, TimeSpan.Zero).AddDays(-daysAgo));

    /// <summary>What is refused.</summary>
    public static async Task<Refusal> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<RefusedException>(act)).Refusal;

    /// <summary>A look of the projection, and what an actor sees after it.</summary>
    public async Task<CampaignPicture> LookAsync(string campaign = Relocation, Actor? actor = null)
    {
        Step();
        using var view = await Projection.SubscribeAsync(actor ?? Enterer, () => { }, Cancellation);
        return view.Current.Single(picture => picture.Definition.Code == campaign);
    }

    /// <summary>A look of the projection, which must succeed.</summary>
    public void Step()
    {
        Projection.Step();
        Assert.True(Projection.IsFollowing, "The projection failed.");
    }

    /// <summary>A projection that knows nothing yet, as after a restart or in another process.</summary>
    public CampaignProjection Again() => ActivatorUtilities.CreateInstance<CampaignProjection>(Database.Get<IServiceProvider>());

    /// <summary>Every difference that <c>check</c> would tell of the campaigns.</summary>
    public List<string> Differences()
    {
        using var read = Database.Door.Open(Actor.System);
        read.BeginSnapshot();
        return [.. Assert.Single(Database.Get<IEnumerable<IIntegrityPart>>().OfType<CampaignIntegrity>()).Differences(read, Database.Clock.GetUtcNow())];
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
