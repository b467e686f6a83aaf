using System.Globalization;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Tests.Features.Grids;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>Reports incidents over Open311, as another program does.</summary>
public static class Reporting
{
    private static readonly (double Lat, double Lon)[] Places =
        [.. GridSamples.Shipped.Units.Where(unit => unit.Code.Length == 15).Select(unit => (unit.Centre.Latitude, unit.Centre.Longitude))];

    /// <summary>Posts one report and gives the raw answer.</summary>
    /// <param name="http">A client with the server's address.</param>
    /// <param name="n">Which place in the district; any number.</param>
    /// <param name="idempotencyKey">Value of the Idempotency-Key header; null for none.</param>
    /// <param name="service">Type code.</param>
    /// <param name="description">The reporter's words; null for the number.</param>
    /// <param name="at">Where; null for the place of that number.</param>
    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient http, int n, string? idempotencyKey = null, string service = "0401", string? description = null, (double Lat, double Lon)? at = null)
    {
        var (lat, lon) = at ?? Places[(int)((uint)n * 7919u % (uint)Places.Length)];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/open311/v2/requests.json")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["api_key"] = "test-key",
                ["service_code"] = service,
                ["lat"] = lat.ToString("R", CultureInfo.InvariantCulture),
                ["long"] = lon.ToString("R", CultureInfo.InvariantCulture),
                ["description"] = description ?? $"report {n}",
            }),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts one report and gives its number.</summary>
    public static async Task<string> ReportAsync(HttpClient http, int n, string? idempotencyKey = null, string? description = null)
    {
        using var response = await PostAsync(http, n, idempotencyKey, description: description);
        return await NumberAsync(response);
    }

    /// <summary>The number in the answer to a report that was taken in.</summary>
    public static async Task<string> NumberAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {body}");
        return (string)JsonNode.Parse(body)![0]!["service_request_id"]!;
    }

    /// <summary>Posts many reports, a bounded number at a time.</summary>
    /// <param name="http">A client with the server's address.</param>
    /// <param name="count">How many.</param>
    /// <param name="first">Number of the first one.</param>
    /// <param name="atOnce">How many at a time.</param>
    public static Task ReportManyAsync(HttpClient http, int count, int first = 0, int atOnce = 8) =>
        Parallel.ForEachAsync(
            Enumerable.Range(first, count),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (n, _) => await ReportAsync(http, n));

    /// <summary>Posts reports at a steady rate for a while, whatever the server does, with a bounded number under way.</summary>
    /// <param name="http">A client with the server's address.</param>
    /// <param name="aMinute">Rate.</param>
    /// <param name="duration">For how long.</param>
    /// <returns>How many were posted; all were taken in.</returns>
    public static async Task<int> ReportSteadilyAsync(HttpClient http, int aMinute, TimeSpan duration)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMinutes(1) / aMinute);
        using var places = new SemaphoreSlim(32);
        var total = (int)(aMinute * duration.TotalMinutes);
        var posted = new List<Task>(total);
        for (var n = 0; n < total; n++)
        {
            await clock.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            await places.WaitAsync(TestContext.Current.CancellationToken);
            posted.Add(PostOneAsync(n));
        }

        await Task.WhenAll(posted);
        return total;

        async Task PostOneAsync(int n)
        {
            try
            {
                await ReportAsync(http, n);
            }
            finally
            {
                places.Release();
            }
        }
    }
}
