using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Pages;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class CaseListAddressTests
{
    private static readonly IIncidentCatalog Catalog = IncidentCatalog.Read(ReferenceData.File("incidents", "catalog.json"));

    [Theory]
    [InlineData("/incidents")]
    [InlineData("/incidents?state=reported,checkedIn&severity=major")]
    [InlineData("/incidents?open=true&category=04&type=0401&grid=120106001&department=chengguan")]
    [InlineData("/incidents?overdue=true&sort=due")]
    [InlineData("/incidents?sort=due&dir=desc")]
    [InlineData("/incidents?from=2024-05-06&to=2024-05-07&q=%E4%BA%95%E7%9B%96%20%26%25&sort=updated&dir=asc&page=3&size=100")]
    [InlineData("/incidents?kpi=closureRate&period=month&part=numerator&grid=120106")]
    public void Address_ReadAndWritten_IsTheSame(string address)
    {
        var read = CaseListAddress.Read("http://localhost" + address, Catalog);

        Assert.Empty(read.Ignored);
        Assert.Equal(address, read.ToString());
    }

    [Theory]
    [InlineData("state=bogus", "state=bogus")]
    [InlineData("state=3", "state=3")]
    [InlineData("state=reported,,x&state=closed", "state=x")]
    [InlineData("open=yes", "open=yes")]
    [InlineData("category=99", "category=99")]
    [InlineData("grid=12a", "grid=12a")]
    [InlineData("grid=1201060010010011", "grid=1201060010010011")]
    [InlineData("from=2024-13-01", "from=2024-13-01")]
    [InlineData("from=0001-01-01", "from=0001-01-01")]
    [InlineData("to=9999-12-31", "to=9999-12-31")]
    [InlineData("page=0", "page=0")]
    [InlineData("page=99999999999", "page=99999999999")]
    [InlineData("size=101", "size=101")]
    [InlineData("sort=name", "sort=name")]
    [InlineData("dir=up", "dir=up")]
    [InlineData("severity=2", "severity=2")]
    [InlineData("type=%00", "type=\0")]
    public void Address_WithWhatNobodyUnderstands_LeavesItOutAndTells(string query, string ignored)
    {
        var read = CaseListAddress.Read("http://localhost/incidents?" + query, Catalog);

        Assert.Equal([ignored], read.Ignored);
        Assert.Empty(CaseListAddress.Read("http://localhost" + read, Catalog).Ignored);
    }

    [Fact]
    public void Address_WithEmptyAndStrangeParts_ReadsAsIfTheyWereNotThere()
    {
        var read = CaseListAddress.Read("http://localhost/incidents?state=&q=++&from=&page=&=x&utm=1&&", Catalog);

        Assert.Empty(read.Ignored);
        Assert.Equal("/incidents", read.ToString());
    }

    [Fact]
    public void Address_WithAnotherCondition_BeginsAtTheFirstPage()
    {
        var read = CaseListAddress.Read("http://localhost/incidents?q=x&page=4", Catalog);

        Assert.Equal("/incidents?open=true&q=x", read.With(query => query with { OpenOnly = true }).ToString());
        Assert.Equal("/incidents?q=x&page=5", read.At(5).ToString());
        Assert.Equal(1, read.ConditionCount);
    }
}
