using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Bench;

/// <summary>A session of the real program's first administrator, made by the link that it prints at its start.</summary>
internal static partial class FirstSession
{
    private const string Password = "only-for-a-bench-run";

    /// <summary>The secret of the link; null for any other line.</summary>
    /// <param name="line">A line that the program printed.</param>
    public static string? SecretOf(string line) => Link().Match(line) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Makes it.</summary>
    /// <param name="server">The program.</param>
    /// <param name="secret">The secret of its link.</param>
    /// <returns>The session's cookie, name and value.</returns>
    public static async Task<(string Name, string Value)> BeginAsync(Uri server, string secret)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = server };
        var token = Token().Match(await http.GetStringAsync(new Uri("/account/first", UriKind.Relative))).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "first", ["__RequestVerificationToken"] = token, ["_form.Ticket"] = secret, ["_form.UserName"] = "bench", ["_form.DisplayName"] = "bench",
            ["_form.Password"] = Password, ["_form.Repeated"] = Password,
        });
        using var answer = await http.PostAsync(new Uri("/account/first", UriKind.Relative), form);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("hq.account=", StringComparison.Ordinal)).Split(';')[0].Split('=', 2);
        return (cookie[0], cookie[1]);
    }

    [GeneratedRegex(@"/account/first#(\S+)")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
