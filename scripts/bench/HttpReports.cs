using System.Globalization;
using System.Text;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Bench;

/// <summary>What reports cost that come over HTTP, as other programs bring them.</summary>
internal static class HttpReports
{
    private const int Clients = 32;
    private const int Reports = 6_400;
    private const int RowsEach = 2;

    /// <summary>Measures and prints.</summary>
    /// <param name="folder">Where the data folders are made.</param>
    public static async Task RunAsync(string folder)
    {
        var raw = House.Compose(Path.Combine(folder, "http-raw"));
        await using var _ = raw;
        await using var bare = await ServerProcess.ServeAsync("form");
        await using var program = await ServerProcess.ProgramAsync(
            $"--Data:Directory={Path.Combine(folder, "http")}", $"--Data:MasterKeyFile={Path.Combine(folder, "http.key")}", "--Intake:ApiKeys:0=bench-key");
        Console.WriteLine($"Reports over HTTP: {Reports:N0} a round by {Clients} clients that keep their connections, beside them on the same processors");
        var requests = House.Places(raw).Select(Request).ToArray();
        var cpu = new Dictionary<ServerProcess, List<double>> { [bare] = [], [program] = [] };
        var results = await Rounds.MeasureAsync(
            ("raw prepared INSERTs, no HTTP (baseline)", Writing.RawWriter(raw, Reports)),
            ("bare Kestrel, reads the form and answers", () => PostAsync(bare, requests, cpu)),
            ("Open311 of the program", () => PostAsync(program, requests, cpu)));
        Rounds.Print(results, time => $"{RowsEach * Reports / time.TotalSeconds,12:N0} rows/s", Rounds.OfRate, "of the baseline's rate");
        foreach (var (name, server) in (ReadOnlySpan<(string, ServerProcess)>)[("bare Kestrel", bare), ("Open311 of the program", program)])
        {
            // The first round is the one that is not counted.
            Console.WriteLine($"  {name + ", processor time of the server",-46}{cpu[server].Skip(1).Order().ElementAt(Rounds.Count / 2) / Reports,12:N0} µs a report");
        }
    }

    private static async Task PostAsync(ServerProcess server, byte[][] requests, Dictionary<ServerProcess, List<double>> cpu)
    {
        var began = server.Cpu;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => ClientAsync(server.Address, requests, client)));
        cpu[server].Add((server.Cpu - began).TotalMicroseconds);
    }

    private static async Task ClientAsync(Uri address, byte[][] requests, int client)
    {
        using var connection = await LeanHttp.ConnectAsync(address);
        for (var n = client; n < Reports; n += Clients)
        {
            await connection.PostAsync(requests[n % requests.Length]);
        }
    }

    private static byte[] Request(GeoPoint point)
    {
        var form = string.Create(CultureInfo.InvariantCulture, $"api_key=bench-key&service_code=0401&lat={point.Latitude}&long={point.Longitude}&description=bench");
        return Encoding.ASCII.GetBytes(
            $"POST /open311/v2/requests.json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}");
    }
}
