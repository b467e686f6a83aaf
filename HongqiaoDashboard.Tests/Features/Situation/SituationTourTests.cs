using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Tests.Features.Grids;

namespace HongqiaoDashboard.Tests.Features.Situation;

public sealed class SituationTourTests
{
    private static readonly string Street = GridSamples.Shipped.Children(GridSamples.Shipped.Root.Code)[0].Code;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?tier=galaxy&street=1&heat=maybe&every=soon&tour=world")]
    [InlineData("?tier=District")]
    public void Address_ThatNamesNoView_ToursThroughTiersAndHeat(string? query)
    {
        var tour = From(query);

        Assert.Equal(["Basic", "Basic", "Basic heat", "Community", "Street"], tour.Stops.Select(Name));
        Assert.Equal(30, tour.Seconds);
        Assert.Equal(["Street", "Community", "Basic", "Basic heat"], tour.Views.Select(Name));
    }

    [Theory]
    [InlineData("?tier=street", "Street")]
    [InlineData("?tier=COMMUNITY", "Community")]
    [InlineData("?heat=1", "Basic heat")]
    [InlineData("?tour=off", "Basic")]
    public void Address_ThatNamesAView_KeepsIt(string query, string view)
    {
        var tour = From(query);

        Assert.Equal(view, Name(tour.View));
        Assert.Empty(tour.Stops);
    }

    [Fact]
    public void Address_OfAStreet_ShowsItFromWithin() => Assert.Equal(Street, From($"?street={Street}").View.Focus);

    [Fact]
    public void Address_OfATourOfStreets_VisitsEachStreetAfterTheWhole()
    {
        var tour = From("?tour=streets&every=12");

        Assert.Equal([null, .. GridSamples.Shipped.Children(GridSamples.Shipped.Root.Code).Select(unit => unit.Code)], tour.Stops.Select(stop => stop.Focus));
        Assert.Equal(12, tour.Seconds);
    }

    [Theory]
    [InlineData("1", 5)]
    [InlineData("99999", 3600)]
    [InlineData("-8", 30)]
    public void Seconds_StayWithinReason(string every, int seconds) => Assert.Equal(seconds, From($"?every={every}").Seconds);

    private static SituationTour From(string? query) => SituationTour.From(GridSamples.Shipped, query, key => key);

    private static string Name(HongqiaoDashboard.Ui.Map.MapView view) => view.Heat ? view.Group + " heat" : view.Group;
}
