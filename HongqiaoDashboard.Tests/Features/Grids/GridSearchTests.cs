using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Domain;

namespace HongqiaoDashboard.Tests.Features.Grids;

public sealed class GridSearchTests
{
    private static GridEdition Edition => GridSamples.Shipped;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("没有这样的网格")]
    [InlineData("999")]
    public void Search_NothingOrNonsense_FindsNothing(string? text) => Assert.Empty(Edition.Search(text, 10));

    [Fact]
    public void Search_PartOfAName_FindsLargerTiersFirst()
    {
        var found = Edition.Search("西沽", 100);

        Assert.Equal("西沽街道", found[0].Name);
        Assert.All(found, unit => Assert.Contains("西沽", unit.Name, StringComparison.Ordinal));
        Assert.Equal(found.Select(unit => unit.Tier).Order(), found.Select(unit => unit.Tier));
        Assert.Contains(found, unit => unit.Tier == GridTier.Basic);
    }

    [Fact]
    public void Search_SeveralWords_MustAllStandInTheName() =>
        Assert.Equal(["增产里社区第3网格"], Edition.Search("增产里 3", 10).Select(unit => unit.Name));

    [Fact]
    public void Search_TheBeginningOfACode_FindsWhatLiesBelow()
    {
        var found = Edition.Search("120106005", 1000);

        Assert.Equal("120106005", found[0].Code);
        Assert.Equal(Edition.Units.Count(unit => Edition.Covers("120106005", unit.Code)), found.Count);
        Assert.Empty(Edition.Search("06005", 10));
    }

    [Fact]
    public void Search_MoreThanTheLimit_StopsThere() => Assert.Equal(50, Edition.Search("网格", 50).Count);
}
