using System.Net;
using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Access.Accounts;

/// <summary>Signing in, guessing, and being ended, over the real program's sockets. Every test has accounts and addresses of its own.</summary>
[Collection(ServerCollection.Name)]
public sealed class AccountSessionTests(AccountServer server) : IClassFixture<AccountServer>
{
    private const string Wrong = "User name or password is wrong";
    private const string Locked = "Too many wrong attempts: this account";
    private const string TooMany = "Too many wrong attempts from this address";
    private const string CodeWrong = "The code is wrong";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passwords_ThatAreWrong_LockAnAccountAndANameThatNobodyHasAlike()
    {
        await server.AddAsync(AccountHouse.Draft("guessed"));
        var seen = new List<string[]>();
        foreach (var (name, host) in ((string, byte)[])[("guessed", 11), ("nobody-here", 12)])
        {
            seen.Add(await TryAsync(name, host, 7));
        }

        Assert.Equal([Wrong, Wrong, Wrong, Wrong, Locked, Locked, Locked], seen[0]);
        Assert.Equal(seen[0], seen[1]);

        // The right one is refused meanwhile, wherever it comes from.
        using var owner = new Visitor(server.Address, 13);
        Assert.StartsWith(Locked, (await owner.SignInAsync("guessed", AccountHouse.Password)).Fault, StringComparison.Ordinal);
        Assert.Null(owner.Session);
    }

    [Fact]
    public async Task Passwords_AHundredAtOnce_GetFiveTriesThrough()
    {
        await server.AddAsync(AccountHouse.Draft("stormed"));
        foreach (var (name, host) in ((string, byte)[])[("stormed", 21), ("storm-at-nobody", 22)])
        {
            var answers = await StormAsync("/account/sign-in?culture=en", 100, [("_handler", "sign-in"), ("_form.UserName", name), ("_form.Password", "falsch-falsch")], new Visitor(server.Address, host));

            // The fifth is told that it locks; the address itself is shut after thirty.
            Assert.Equal((4, 26, 70), (answers.Count(a => a.StartsWith(Wrong, StringComparison.Ordinal)), answers.Count(a => a.StartsWith(Locked, StringComparison.Ordinal)), answers.Count(a => a.StartsWith(TooMany, StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task Codes_AHundredAtOnceFromManyAddresses_GetFiveTriesThrough()
    {
        var account = await server.AddAsync(AccountHouse.Draft("second"));
        var (_, codes) = await server.GuardAsync(account.Id);
        using var half = new Visitor(server.Address, 31);
        Assert.StartsWith("/account/second-factor", new Uri(server.Address, (await half.SignInAsync("second", AccountHouse.Password)).Location!).AbsolutePath, StringComparison.Ordinal);
        Assert.Null(half.Session);

        var storms = await Task.WhenAll(Enumerable.Range(32, 5).Select(host => StormAsync(
            "/account/second-factor?culture=en", 20, [("_handler", "second-factor"), ("_form.Code", "000000")], new Visitor(server.Address, (byte)host, half.Cookies))));

        var answers = storms.SelectMany(storm => storm).ToList();
        Assert.Equal((4, 96), (answers.Count(a => a.StartsWith(CodeWrong, StringComparison.Ordinal)), answers.Count(a => a.StartsWith(Locked, StringComparison.Ordinal))));

        // Neither is there another way in beside the lock.
        using var other = new Visitor(server.Address, 37, half.Cookies);
        Assert.StartsWith(Locked, (await RecoverAsync(other, codes[0])).Fault, StringComparison.Ordinal);
        Assert.Null(other.Session);
    }

    [Fact]
    public async Task Code_OfTheAuthenticator_LetsInOnceHoweverItIsWritten()
    {
        var account = await server.AddAsync(AccountHouse.Draft("overlooked"));
        var (key, _) = await server.GuardAsync(account.Id);
        using var visitor = new Visitor(server.Address, 121);
        using var behind = new Visitor(server.Address, 122);
        await visitor.SignInAsync("overlooked", AccountHouse.Password);
        await behind.SignInAsync("overlooked", AccountHouse.Password);
        var code = Authenticator.CodeOf(key);
        Task<Visitor.Answer> TypeAsync(Visitor who, string typed) => who.FillAsync("/account/second-factor?culture=en", "second-factor", ("_form.Code", typed));

        Assert.Equal(HttpStatusCode.Found, (await TypeAsync(visitor, $"{code[..3]} {code[3..]}")).Status);
        Assert.NotNull(visitor.Session);
        foreach (var typed in (string[])[code, $"+{code}", $"0{code}"])
        {
            Assert.StartsWith(CodeWrong, (await TypeAsync(behind, typed)).Fault, StringComparison.Ordinal);
        }

        Assert.Null(behind.Session);
    }

    [Fact]
    public async Task RecoveryCode_InPlaceOfTheAuthenticator_LetsInOnce_AndNobodyWhoHasBeenEnded()
    {
        var account = await server.AddAsync(AccountHouse.Draft("recovering"));
        var (_, codes) = await server.GuardAsync(account.Id);
        using var visitor = new Visitor(server.Address, 41);
        await visitor.SignInAsync("recovering", AccountHouse.Password);
        Assert.Equal(HttpStatusCode.Found, (await RecoverAsync(visitor, codes[0])).Status);
        Assert.NotNull(visitor.Session);

        using var again = new Visitor(server.Address, 41);
        await again.SignInAsync("recovering", AccountHouse.Password);
        Assert.StartsWith(CodeWrong, (await RecoverAsync(again, codes[0])).Fault, StringComparison.Ordinal);
        await server.Desk.DeactivateAsync(account.Id, Actor.System, Cancellation);
        Assert.StartsWith(CodeWrong, (await RecoverAsync(again, codes[1])).Fault, StringComparison.Ordinal);
        Assert.Null(again.Session);
    }

    [Fact]
    public async Task Deactivation_OfSomebodyWhoIsIn_EndsHubCircuitAndCookieAtOnce()
    {
        var account = await server.AddAsync(AccountHouse.Draft("leaving"));
        using var visitor = await server.ComeAsync("leaving", 51);
        var (hub, ended) = await server.WatchAsync(visitor.Session!);
        await using var watching = hub;
        using var circuit = await server.OpenCircuitAsync(visitor.Session!);
        Assert.Equal(2, server.Get<LiveConnections>().CountOf(account.Id));
        Assert.Null(await visitor.LeadsToAsync("/account"));

        await server.Desk.DeactivateAsync(account.Id, Actor.System, Cancellation);

        Assert.Contains(AccountAuthentication.SignInPath, await visitor.LeadsToAsync("/account"), StringComparison.Ordinal);
        await ended;
        await AccountServer.UntilEndedAsync(circuit);
        await Assert.ThrowsAsync<HttpRequestException>(() => server.WatchAsync(visitor.Session ?? "hq.account=none"));
        using var again = new Visitor(server.Address, 52);
        Assert.StartsWith(Wrong, (await again.SignInAsync("leaving", AccountHouse.Password)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scope_ThatIsChanged_CountsFromTheNextRequestOn()
    {
        var account = await server.AddAsync(AccountHouse.Draft("moving"));
        using var visitor = await server.ComeAsync("moving", 61);
        var (hub, ended) = await server.WatchAsync(visitor.Session!);
        await using var watching = hub;
        await server.Desk.ChangeAsync(account.Id, AccountHouse.Draft("") with { DisplayName = "韩梅梅" }, Actor.System, Cancellation);
        Assert.Contains("韩梅梅", await PageAsync(visitor, "/account"), StringComparison.Ordinal);
        Assert.False(ended.IsCompleted);

        var street = AccountHouse.Grid(GridTier.Street);
        await server.Desk.ChangeAsync(account.Id, AccountHouse.Draft("", Roles.Leader, street), Actor.System, Cancellation);

        await ended;
        Assert.NotNull(await visitor.LeadsToAsync("/account"));
        using var again = await server.ComeAsync("moving", 61);
        Assert.Contains(server.Get<IGridDirectory>().Current.Find(street)!.Name, await PageAsync(again, "/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_ChangedInOneBrowser_EndsEveryOther()
    {
        await server.AddAsync(AccountHouse.Draft("changing"));
        using var own = await server.ComeAsync("changing", 71);
        using var other = await server.ComeAsync("changing", 72);
        const string fresh = "ganz-anders-als-vorher";
        Task<Visitor.Answer> ChangeAsync(string current) =>
            own.FillAsync("/account?culture=en", "password", ("_password.Current", current), ("_password.Password", fresh), ("_password.Repeated", fresh));

        Assert.StartsWith("The current password is wrong", (await ChangeAsync("falsch-falsch")).Fault, StringComparison.Ordinal);
        Assert.Null(await other.LeadsToAsync("/account"));
        Assert.Contains("The password is changed", (await ChangeAsync(AccountHouse.Password)).Body, StringComparison.Ordinal);
        Assert.Null(await own.LeadsToAsync("/account"));
        Assert.NotNull(await other.LeadsToAsync("/account"));

        // Whoever finds the browser open does not find the password out: wrong ones lock here too.
        for (var n = 0; n < 5; n++)
        {
            await ChangeAsync("falsch-falsch");
        }

        Assert.StartsWith(Locked, (await ChangeAsync(fresh)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_InOneBrowser_LeavesTheOthersIn()
    {
        await server.AddAsync(AccountHouse.Draft("going"));
        using var own = await server.ComeAsync("going", 81);
        using var other = await server.ComeAsync("going", 81);
        var (hub, ended) = await server.WatchAsync(own.Session!);
        await using var watching = hub;

        Assert.Equal(HttpStatusCode.BadRequest, (await own.SendAsync(SignOutEndpoint.Path, "forged", [])).Status);
        Assert.False(ended.IsCompleted);
        var left = await own.SendAsync(SignOutEndpoint.Path, await own.TokenAsync("/account/leave"), []);

        Assert.Equal((HttpStatusCode.Found, AccountAuthentication.SignInPath), (left.Status, left.Location));
        await ended;
        Assert.Null(own.Session);
        Assert.NotNull(await own.LeadsToAsync("/account"));
        Assert.Null(await other.LeadsToAsync("/account"));
    }

    [Fact]
    public async Task ReturnTo_WhateverStandsThere_NeverLeadsToAnotherSite()
    {
        await server.AddAsync(AccountHouse.Draft("returning"));
        using var visitor = new Visitor(server.Address, 91);
        server.IsTrial = true;
        string[] hostile = ["//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "/\n/elsewhere.example", "https://elsewhere.example", "javascript:alert(1)", "\\\\elsewhere.example", " //elsewhere.example", "elsewhere.example", "/..//elsewhere.example"];
        foreach (var to in hostile.Append("/incidents?open=true"))
        {
            var signed = await visitor.SignInAsync("returning", AccountHouse.Password, "&returnTo=" + Uri.EscapeDataString(to));
            var trial = await visitor.SendAsync(TrialEndpoint.Path, await visitor.TokenAsync("/account/sign-in"), [("role", Roles.Leader), ("returnTo", to)]);
            foreach (var answer in (Visitor.Answer[])[signed, trial])
            {
                Assert.True(answer.Status == HttpStatusCode.Found, $"{to}: {answer.Status}");
                var location = new Uri(server.Address, answer.Location);
                Assert.Equal((server.Address.Authority, to[^4..] == "true"), (location.Authority, location.PathAndQuery == "/incidents?open=true"));
            }
        }

        server.IsTrial = false;
    }

    [Fact]
    public async Task Trial_WhereItIsNotOffered_IsNotThere()
    {
        using var visitor = new Visitor(server.Address, 101);
        server.IsTrial = true;
        var token = await visitor.TokenAsync("/account/sign-in");
        Assert.Contains("name=\"role\"", await PageAsync(visitor, "/account/sign-in"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await TakeAsync(visitor, token, Roles.Leader, ("X-Forwarded-For", "203.0.113.9"))).Status);
        // Another name is turned away before anybody looks what it wants.
        Assert.Equal(HttpStatusCode.Forbidden, (await TakeAsync(visitor, token, Roles.Leader, ("Host", "elsewhere.example"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await TakeAsync(visitor, token, Roles.Wall)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await TakeAsync(visitor, "forged", Roles.Leader)).Status);

        // Each role, and one of them clicked many times at once.
        var answers = await Task.WhenAll(Enumerable.Repeat(Roles.Evaluator, 8).Concat(HongqiaoDashboard.Features.Access.Accounts.Domain.AccountRules.OfPeople).Select(role => TakeAsync(visitor, token, role)));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Found, "/"), (answer.Status, answer.Location)));
        Assert.NotNull(visitor.Session);

        server.IsTrial = false;
        Assert.Equal(HttpStatusCode.NotFound, (await TakeAsync(visitor, await visitor.TokenAsync("/account/sign-in"), Roles.Leader)).Status);
        Assert.DoesNotContain("name=\"role\"", await PageAsync(visitor, "/account/sign-in"), StringComparison.Ordinal);
        using var guessing = new Visitor(server.Address, 102);
        Assert.StartsWith(Wrong, (await guessing.SignInAsync("demo-admin", "")).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_OnItsPage_SaysWhatIsWrongAndLetsInOnce()
    {
        var invitation = await server.Desk.AddAsync(AccountHouse.Draft("joining"), Actor.System, Cancellation);
        using var visitor = new Visitor(server.Address, 111);
        Task<Visitor.Answer> JoinAsync(string password, string repeated, string? secret = null) => visitor.FillAsync(
            "/account/join?culture=en", "join", ("_form.Ticket", secret ?? invitation.Secret), ("_form.Password", password), ("_form.Repeated", repeated));

        Assert.StartsWith("The code is wrong", (await JoinAsync(AccountHouse.Password, AccountHouse.Password, "guessed")).Fault, StringComparison.Ordinal);
        Assert.StartsWith("The two passwords differ", (await JoinAsync(AccountHouse.Password, "other")).Fault, StringComparison.Ordinal);
        Assert.StartsWith("The password is too short", (await JoinAsync("kurz", "kurz")).Fault, StringComparison.Ordinal);
        Assert.StartsWith("The password is made of your own name", (await JoinAsync("joiningjoining", "joiningjoining")).Fault, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await JoinAsync(AccountHouse.Password, AccountHouse.Password)).Status);
        Assert.NotNull(visitor.Session);
        Assert.StartsWith("The code is wrong", (await JoinAsync(AccountHouse.Password, AccountHouse.Password)).Fault, StringComparison.Ordinal);
    }

    private static Task<Visitor.Answer> TakeAsync(Visitor visitor, string token, string role, params (string, string)[] headers) =>
        visitor.SendAsync(TrialEndpoint.Path, token, [("role", role)], headers);

    private static Task<Visitor.Answer> RecoverAsync(Visitor visitor, string code) =>
        visitor.FillAsync("/account/second-factor?culture=en&recovery=true", "second-factor", ("_form.Code", code));

    private static async Task<string> PageAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<string[]> TryAsync(string name, byte host, int times)
    {
        using var visitor = new Visitor(server.Address, host);
        var seen = new List<string>();
        for (var n = 0; n < times; n++)
        {
            var fault = (await visitor.SignInAsync(name, "falsch-falsch")).Fault;
            seen.Add(((string[])[Wrong, Locked, TooMany]).FirstOrDefault(text => fault.StartsWith(text, StringComparison.Ordinal)) ?? fault);
        }

        return [.. seen];
    }

    private static async Task<string[]> StormAsync(string page, int times, (string, string)[] fields, Visitor visitor)
    {
        using var coming = visitor;
        var token = await visitor.TokenAsync(page);
        return await Task.WhenAll(Enumerable.Range(0, times).Select(async _ => (await visitor.SendAsync(page, token, fields)).Fault));
    }
}
