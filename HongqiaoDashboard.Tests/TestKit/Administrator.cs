using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>
/// Makes the first administrator of a running program by the link that it prints, as a person would, and keeps their cookie for
/// each data folder.
/// </summary>
internal static partial class Administrator
{
    /// <summary>What they type.</summary>
    public const string UserName = "tester";

    /// <summary>Their password.</summary>
    public const string Password = "korrekt-pferd-batterie";

    private static readonly ConcurrentDictionary<string, string> Known = new();

    /// <summary>The administrator's cookie of a data folder, made when the folder is seen for the first time.</summary>
    /// <param name="dataDirectory">The folder.</param>
    /// <param name="server">A server on it.</param>
    /// <param name="secret">Waits for the secret of the link that the server prints.</param>
    public static async Task<string> CookieAsync(string dataDirectory, Uri server, Func<Task<string>> secret)
    {
        if (Known.TryGetValue(dataDirectory, out var known))
        {
            return known;
        }

        using var http = new HttpClient { BaseAddress = server };
        // A folder that was restored has its administrator already.
        return Known[dataDirectory] = !(await http.GetStringAsync("/account/first", TestContext.Current.CancellationToken)).Contains("_form.Ticket", StringComparison.Ordinal)
            ? await PostAsync(server, "/account/sign-in", "sign-in", ("_form.UserName", UserName), ("_form.Password", Password))
            : await PostAsync(server, "/account/first", "first",
            ("_form.Ticket", await secret()), ("_form.UserName", UserName), ("_form.DisplayName", "测试管理员"), ("_form.Password", Password), ("_form.Repeated", Password));
    }

    /// <summary>Fills in one of the program's plain forms and sends it, as somebody without a cookie.</summary>
    /// <param name="server">The server.</param>
    /// <param name="path">The page.</param>
    /// <param name="form">Name of the form.</param>
    /// <param name="fields">What is typed.</param>
    /// <returns>The session's cookie, <c>name=value</c>.</returns>
    public static async Task<string> PostAsync(Uri server, string path, string form, params (string Name, string Value)[] fields)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = server };
        var page = await http.GetStringAsync(path, TestContext.Current.CancellationToken);
        var token = Token().Match(page).Groups[1].Value;
        using var content = new FormUrlEncodedContent([new("_handler", form), new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        using var answer = await http.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).Single(cookie => cookie.StartsWith("hq.account=", StringComparison.Ordinal));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
