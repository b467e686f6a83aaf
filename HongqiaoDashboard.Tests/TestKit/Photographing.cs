using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>Uploads photographs as the case page's script does.</summary>
public static class Photographing
{
    /// <summary>Posts a file and gives the raw answer.</summary>
    /// <param name="http">A client with the server's address.</param>
    /// <param name="number">The case.</param>
    /// <param name="file">The file.</param>
    /// <param name="token">A token of this server; null asks for one.</param>
    public static Task<HttpResponseMessage> PostAsync(HttpClient http, string number, byte[] file, string? token = null) =>
        PostToAsync(http, $"/incidents/{number}/photos", file, token);

    /// <summary>Posts a file to an address and gives the raw answer.</summary>
    /// <param name="http">A client with the server's address.</param>
    /// <param name="address">The address.</param>
    /// <param name="file">The file.</param>
    /// <param name="token">A token of this server; null asks for one.</param>
    public static async Task<HttpResponseMessage> PostToAsync(HttpClient http, string address, byte[] file, string? token = null)
    {
        token ??= (string)JsonNode.Parse(await http.GetStringAsync(new Uri("/antiforgery", UriKind.Relative), TestContext.Current.CancellationToken))!["token"]!;
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Add("RequestVerificationToken", token);
        // What is refused unread is not sent: a sender in the middle of its file would hear of a broken connection only.
        request.Headers.ExpectContinue = true;
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts a file that is taken in and gives its hash.</summary>
    /// <param name="http">A client with the server's address.</param>
    /// <param name="number">The case.</param>
    /// <param name="file">The file.</param>
    public static async Task<string> UploadAsync(HttpClient http, string number, byte[] file)
    {
        using var answer = await PostAsync(http, number, file);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{answer.StatusCode}: {body}");
        return (string)JsonNode.Parse(body)!["hash"]!;
    }
}
