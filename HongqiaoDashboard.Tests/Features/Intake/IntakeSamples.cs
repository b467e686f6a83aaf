using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.Features.Grids;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>The shipped catalog and edition, and a case to vary.</summary>
internal static class IntakeSamples
{
    private static readonly Lazy<IncidentCatalog> ShippedCatalog = new(() =>
        IncidentCatalog.Read(Path.Combine(AppContext.BaseDirectory, "data", "incidents", "catalog.json")));

    public static IIncidentCatalog Catalog => ShippedCatalog.Value;

    public static IGridDirectory Grids { get; } = new OneEdition(GridSamples.Shipped);

    /// <summary>A point inside the district, and off the centre of its grid.</summary>
    public static GeoPoint Inside { get; } = new(39.167, 117.15);

    public static Incident Case { get; } = new()
    {
        Id = 1,
        Number = "HQ20260105-000001",
        Version = 1,
        State = IncidentState.Reported,
        Category = "04",
        Type = "0401",
        Severity = IncidentSeverity.Ordinary,
        GridCode = GridSamples.Shipped.Locate(Inside)!.Code,
        Latitude = Inside.Latitude,
        Longitude = Inside.Longitude,
        Address = "佳园里3号楼，电话13812345678",
        Description = "张先生 13812345678：垃圾 <b>没人清</b>",
        MediaUrl = "https://example.org/1.jpg?a=1&b=2",
        Source = "open311",
        Reporter = "0123456789abcdef",
        ReportedAt = At("2026-01-05T00:30:00Z"),
        ResolveBy = At("2026-01-05T02:30:00Z"),
        CloseBy = At("2026-01-06T16:00:00Z"),
        DueAt = At("2026-01-05T02:30:00Z"),
        Policy = "promise@1",
        UpdatedAt = At("2026-01-05T00:30:00Z"),
        LastSeq = 1,
    };

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class OneEdition(GridEdition edition) : IGridDirectory
    {
        public GridEdition Current => edition;

        public IReadOnlyList<GridEdition> Editions => [edition];

        public event Action? EditionsChanged
        {
            add { }
            remove { }
        }

        public GridEdition At(DateOnly day) => edition;
    }
}
