using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Identity;

namespace HongqiaoDashboard.Tests.Features.Access.Accounts;

/// <summary>What may be said of people, and what they may choose.</summary>
public sealed class AccountRulesTests
{
    [Theory]
    [InlineData("korrekt-pferd-batterie", "")]
    [InlineData("我的密码是一句很长的话", "")]
    [InlineData("hongqiao bridge at night", "")]
    [InlineData("Password123", "PasswordCommon")]
    [InlineData("passwordpassword", "PasswordCommon")]
    [InlineData("hongqiaopassword1", "PasswordCommon")]
    [InlineData("12345678901234567890", "PasswordCommon")]
    [InlineData("QWERTYUIOP12", "PasswordCommon")]
    [InlineData("xlileililei", "PasswordOfName")]
    [InlineData("LiLei12345", "")]
    [InlineData("Han Meimei!", "PasswordOfName")]
    [InlineData("lilei-password", "PasswordCommon")]
    public async Task Password_ByWhatItIsMadeOf_IsTakenOrNot(string password, string faults) =>
        Assert.Equal(faults, string.Join(',', await FaultsAsync(Named("lilei", "Han Meimei"), password)));

    [Fact]
    public async Task Password_WithoutANameOrTooLong_IsJudgedAllTheSame()
    {
        Assert.Empty(await FaultsAsync(Named("", ""), "korrekt-pferd"));
        Assert.Empty(await FaultsAsync(Named("ab", "李雷"), "ab李雷ab李雷ab"));
        Assert.Empty(await FaultsAsync(Named("lilei", "李雷"), null));
        Assert.Equal(["PasswordTooLong"], await FaultsAsync(Named("lilei", "李雷"), new string('x', PasswordRules.Longest + 1)));
        Assert.Empty(await FaultsAsync(Named("lilei", "李雷"), new string('x', PasswordRules.Longest)));
    }

    [Fact]
    public void Roles_OfPeople_AreThoseThatKeepAnAccount()
    {
        Assert.Equal(Grants.Of(Policies.KeepOwnAccount).Order(), AccountRules.OfPeople.Order());
        Assert.Equal(
            ["leader Any", "district-operator Any", "street-dispatcher Street", "community-operator Community", "department-handler Department",
                "grid-worker CommunityOrBasic", "supervisor Any", "evaluator Any", "room-operator Everything", "admin Everything"],
            AccountRules.OfPeople.Select(role => $"{role} {AccountRules.ReachOf(role)}"));
    }

    [Theory]
    [InlineData("李雷", null)]
    [InlineData("li.lei-2_x@grid", null)]
    [InlineData("ab", null)]
    [InlineData("a", "UserNameBad")]
    [InlineData("", "UserNameBad")]
    [InlineData("li lei", "UserNameBad")]
    [InlineData("li/lei", "UserNameBad")]
    [InlineData("li\u200blei", "UserNameBad")]
    [InlineData("lilei\n", "UserNameBad")]
    [InlineData("13812345678", "UserNamePersonal")]
    [InlineData("li13812345678", "UserNamePersonal")]
    public void UserName_ByWhatIsInIt_IsTakenOrNot(string name, string? refusal) =>
        Assert.Equal(refusal, (Record.Exception(() => AccountRules.CheckUserName(name)) as RefusedException)?.Refusal.Code);

    private static async Task<IEnumerable<string>> FaultsAsync(Account account, string? password) =>
        (await new PasswordRules().ValidateAsync((UserManager<Account>)null!, account, password)).Errors.Select(error => error.Code);

    private static Account Named(string userName, string displayName) => new()
    {
        Id = "account:1", UserName = userName, NormalizedUserName = "", DisplayName = displayName, Role = Roles.Leader, SecurityStamp = "", CreatedAt = default,
    };
}
