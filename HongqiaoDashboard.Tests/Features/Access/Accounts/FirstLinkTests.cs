using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Access.Accounts;

/// <summary>The links that are printed, the commands beside a running program, its restart, and where secrets must not be.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class FirstLinkTests
{
    private const string Fresh = "ganz-anders-als-vorher";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_AndSessions_OfARunningProgram_HoldOnceAndOverARestart()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-");
        try
        {
            string first, secret;
            Visitor visitor;
            await using (var server = await AppServer.StartAsync(data.FullName))
            {
                // Its administrator was made by it already.
                first = Link().Match(server.Output).Groups[1].Value;
                visitor = new Visitor(server.Address);
                using var page = await visitor.GetAsync("/account/first");
                Assert.DoesNotContain("_form.Ticket", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
                var again = await visitor.SendAsync(
                    "/account/first", await visitor.TokenAsync("/account/sign-in"),
                    [("_handler", "first"), ("_form.Ticket", first), ("_form.UserName", "second"), ("_form.DisplayName", "第二"), ("_form.Password", Fresh), ("_form.Repeated", Fresh)]);
                Assert.NotEqual(HttpStatusCode.Found, again.Status);
                Assert.Null(visitor.Session);

                // Beside the running program, which has the book.
                var (exit, output, error) = await AppServer.RunVerbAsync(data.FullName, "account", "first");
                Assert.Equal((1, ""), (exit, output));
                Assert.Contains("already", error, StringComparison.Ordinal);
                Assert.Equal(1, (await AppServer.RunVerbAsync(data.FullName, "account", "link", "second")).ExitCode);
                (exit, output, error) = await AppServer.RunVerbAsync(data.FullName, "account", "link", Administrator.UserName.ToUpperInvariant());
                Assert.True(exit == 0, error);
                secret = Join().Match(output).Groups[1].Value;
                Assert.Equal($"/account/join#{secret}", output.Trim());
                Assert.DoesNotContain(secret, error, StringComparison.Ordinal);
                (string, string)[] joining = [("_form.Ticket", secret), ("_form.Password", Fresh), ("_form.Repeated", Fresh)];
                Assert.Equal(HttpStatusCode.Found, (await visitor.FillAsync("/account/join", "join", joining)).Status);
                Assert.NotEqual("", (await visitor.FillAsync("/account/join", "join", joining)).Fault);

                // Whoever was in with the old password is out.
                Assert.Equal(HttpStatusCode.Unauthorized, (await server.Http.GetAsync("/account", Cancellation)).StatusCode);
                Assert.Null(await visitor.LeadsToAsync("/account"));
                AssertOnceInTheOutput(server.Output, first);
                Assert.Equal(0, await server.StopAsync());
                Assert.DoesNotContain("ERR]", server.Output, StringComparison.Ordinal);
                AssertNowhere(server.Output, secret, Fresh, Administrator.Password, visitor.Session!.Split('=', 2)[1]);
            }

            await using (var restarted = await AppServer.StartAsync(data.FullName))
            {
                using var back = new Visitor(restarted.Address, cookies: visitor.Cookies);
                Assert.Null(await back.LeadsToAsync("/account"));
                Assert.DoesNotContain("/account/first#", restarted.Output, StringComparison.Ordinal);
                visitor.Dispose();
                await restarted.StopAsync();
            }

            foreach (var file in data.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                AssertNowhere(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file.FullName, Cancellation)), first, secret, Fresh, Administrator.Password);
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    // The link is printed for whoever starts the program; no line of the log repeats it.
    private static void AssertOnceInTheOutput(string output, string secret)
    {
        Assert.Equal(43, secret.Length);
        var line = Assert.Single(output.Split('\n'), line => line.Contains(secret, StringComparison.Ordinal));
        Assert.StartsWith("  http://", line, StringComparison.Ordinal);
    }

    private static void AssertNowhere(string text, params string[] secrets) => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));

    [GeneratedRegex(@"/account/first#(\S+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"/account/join#(\S+)")]
    private static partial Regex Join();
}
