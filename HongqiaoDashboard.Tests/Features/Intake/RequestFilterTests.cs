using HongqiaoDashboard.Features.Intake.Open311;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace HongqiaoDashboard.Tests.Features.Intake;

public sealed class RequestFilterTests
{
    private static readonly DateTimeOffset Now = IntakeSamples.At("2026-03-01T04:00:00Z");

    [Fact]
    public void Filter_WithoutDates_IsTheLastNinetyDays()
    {
        var filter = Read("");

        Assert.Equal(Now.AddDays(-90), filter.Span.From);
        Assert.InRange(filter.Span.Until, Now, Now.AddSeconds(1));
        Assert.Null(filter.Open);
    }

    [Theory]
    [InlineData("start_date=2026-01-01", "2025-12-31T16:00:00Z", "2026-03-31T16:00:00Z")]
    [InlineData("end_date=2026-01-01", "2025-10-02T16:00:00Z", "2026-01-01T16:00:00Z")]
    [InlineData("start_date=2026-01-01&end_date=2026-04-01", "2025-12-31T16:00:00Z", "2026-04-01T16:00:00Z")]
    [InlineData("start_date=2026-01-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z")]
    [InlineData("start_date=9999-12-31", "9999-12-30T16:00:00Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("end_date=9999-12-31", "9999-10-01T16:00:00Z", "9999-12-31T23:59:59.9999999Z")]
    public void Filter_WithDates_IsThatSpan(string query, string from, string until)
    {
        var filter = Read(query);

        Assert.Equal((IntakeSamples.At(from), IntakeSamples.At(until)), (filter.Span.From, filter.Span.Until));
    }

    [Theory]
    [InlineData("status=open", true)]
    [InlineData("status=CLOSED", false)]
    [InlineData("status=open, closed", null)]
    [InlineData("status=", null)]
    public void Filter_Status_IsACommaList(string query, bool? open) => Assert.Equal(open, Read(query).Open);

    [Fact]
    public void Filter_Lists_AreTrimmedAndDistinct()
    {
        Assert.Equal(["HQ1", "HQ2"], Read("service_request_id=HQ1,%20HQ2,,HQ1").Numbers);
        Assert.Equal(["0401", "0501"], Read("service_code=0401,0501,%200401").Types);
    }

    [Fact]
    public void Filter_Ids_OverrideAllOtherFilters()
    {
        var filter = Read("service_request_id=HQ1&status=done&service_code=9999&start_date=yesterday&page=0&extensions=true");

        Assert.Equal(["HQ1"], filter.Numbers);
        Assert.True(filter.Extensions);
    }

    [Fact]
    public void Filter_EmptyParameters_CountAsAbsent()
    {
        var filter = Read("status=&status=open&page=&page_size=%20&extensions=&service_code=,");

        Assert.True(filter.Open);
        Assert.Equal(WirePage.First, filter.Page);
        Assert.False(filter.Extensions);
        Assert.Empty(filter.Types);
    }

    [Theory]
    [InlineData("", 0, 1000)]
    [InlineData("page=3", 2000, 1000)]
    [InlineData("page=3&page_size=50", 100, 50)]
    [InlineData("page=1000000", 999_999_000, 1000)]
    public void Filter_Page_IsAPartOfTheList(string query, int skip, int size) => Assert.Equal((skip, size), (Read(query).Page.Skip, Read(query).Page.Size));

    [Theory]
    [InlineData("status=done", "FilterStatusWrong")]
    [InlineData("service_code=0401,9999", "FilterServiceUnknown")]
    [InlineData("start_date=yesterday", "FilterDateWrong")]
    [InlineData("end_date=2026-13-01", "FilterDateWrong")]
    [InlineData("start_date=2026-02-01&end_date=2026-01-01", "FilterDatesSwapped")]
    [InlineData("start_date=2026-01-01&end_date=2026-04-02", "FilterSpanTooLong")]
    [InlineData("start_date=1900-01-01&end_date=9999-12-31", "FilterSpanTooLong")]
    [InlineData("status=open&status=closed", "ParameterTwice")]
    [InlineData("page=0", "WholeNumberWrong")]
    [InlineData("page=-1", "WholeNumberWrong")]
    [InlineData("page=1.5", "WholeNumberWrong")]
    [InlineData("page=1000001", "WholeNumberWrong")]
    [InlineData("page=99999999999999999999", "WholeNumberWrong")]
    [InlineData("page_size=0", "WholeNumberWrong")]
    [InlineData("page_size=1001", "WholeNumberWrong")]
    [InlineData("page_size=many", "WholeNumberWrong")]
    [InlineData("extensions=yes", "TrueOrFalse")]
    [InlineData("service_request_id=HQ1&extensions=2", "TrueOrFalse")]
    public void Filter_WrongParameter_IsRefused(string query, string fault)
    {
        var refused = Assert.Throws<Open311FaultException>(() => Read(query));

        Assert.Equal((fault, 400), (refused.Faults[0].Key, refused.Faults[0].Status));
    }

    [Fact]
    public void Filter_TooManyIds_IsRefused() => Assert.Throws<Open311FaultException>(
        () => Read("service_request_id=" + string.Join(',', Enumerable.Range(0, RequestFilter.MostIds + 1))));

    private static RequestFilter Read(string query) => RequestFilter.Read(
        new QueryParameters(new QueryCollection(QueryHelpers.ParseQuery(query))), IntakeSamples.Catalog, IntakeSamples.Grids.Current.TimeZone, Now);
}
