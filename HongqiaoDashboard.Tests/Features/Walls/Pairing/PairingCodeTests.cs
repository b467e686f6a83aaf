using System.Reflection;
using System.Security.Claims;
using CsCheck;
using HongqiaoDashboard.App.Layout;
using HongqiaoDashboard.Features.Walls.Pairing;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Tests.Features.Walls.Pairing;

public sealed class PairingCodeTests
{
    private const string Wrong = "0O1IL5S8BZU红\0";
    private static readonly string[] Gaps = ["", " ", "-", "－", " - "];

    private static readonly Gen<string> Codes = Gen.Int[0, PairingCode.Alphabet.Length - 1].Array[8].Select(places => string.Concat(places.Select(place => PairingCode.Alphabet[place])));

    [Fact]
    public void Code_HoweverItIsTyped_IsReadAsItself() =>
        (from code in Codes
         from gap in Gen.Int[0, Gaps.Length - 1].Select(n => Gaps[n])
         from lower in Gen.Bool
         select (code, gap, lower)).Sample(typing =>
        {
            var typed = $" {typing.code[..3]}{typing.gap}{typing.code[3..]} ";
            Assert.Equal(typing.code, PairingCode.Read(typing.lower ? typed.ToLowerInvariant() : typed));
            Assert.Equal(typing.code, PairingCode.Read(PairingCode.Shown(typing.code)));
        });

    [Fact]
    public void Code_WithAnotherCharacterOrLength_IsNone()
    {
        (from code in Codes
         from place in Gen.Int[0, 7]
         from wrong in Gen.Int[0, Wrong.Length - 1].Select(n => Wrong[n])
         select (code, place, wrong)).Sample(typing =>
        {
            var (code, place, wrong) = typing;
            Assert.Null(PairingCode.Read(code[..place] + wrong + code[(place + 1)..]));
            Assert.Null(PairingCode.Read(code[1..]));
            Assert.Null(PairingCode.Read(code + code[0]));
        });
        Assert.Null(PairingCode.Read(null));
    }

    [Fact]
    public void Codes_ThatAreMade_AreReadableAndHardlyEverTheSame() =>
        Assert.Equal(2_000, Enumerable.Range(0, 2_000).Select(_ => PairingCode.Read(PairingCode.New())!).Distinct().Count());

    [Fact]
    public void Boards_ThatDisplaysCanBeGiven_AreTheBoardsThatThereAre()
    {
        var pages = typeof(WallBoards).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<LayoutAttribute>()?.LayoutType == typeof(WallLayout) && type.GetCustomAttribute<AllowAnonymousAttribute>() is null)
            .SelectMany(type => type.GetCustomAttributes<Microsoft.AspNetCore.Components.RouteAttribute>()).Select(route => route.Template);
        Assert.Equal(WallBoards.All.Select(WallBoards.AddressOf).Order(), pages.Order());
    }

    [Theory]
    [InlineData("/wall/situation", "situation")]
    [InlineData("/wall/campaigns?tier=street#x", "campaigns")]
    [InlineData("/wall/pair", null)]
    [InlineData("//elsewhere.example/wall/situation", null)]
    [InlineData("https://elsewhere.example/wall/situation", null)]
    [InlineData("/wall/situation/../../admin", null)]
    [InlineData("/", null)]
    [InlineData(null, null)]
    public void Address_OfABoard_IsKnownAndNoOther(string? address, string? board) => Assert.Equal(board, WallBoards.OfAddress(address));

    [Theory]
    [InlineData(typeof(HongqiaoDashboard.Features.Walls.Pages.SituationBoard), Roles.Wall, true)]
    [InlineData(typeof(HongqiaoDashboard.Features.Walls.Pages.CampaignBoard), Roles.Wall, false)]
    [InlineData(typeof(HongqiaoDashboard.Features.Situation.Pages.Overview), Roles.Wall, false)]
    [InlineData(typeof(HongqiaoDashboard.Features.Situation.Pages.Overview), Roles.Leader, true)]
    public async Task Page_WithinACircuitOfADisplay_IsShownWhenItIsOneOfItsBoards(Type page, string role, bool shown)
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Role, role), new(WallBoards.Claim, "situation")], "test"));
        var context = new AuthorizationHandlerContext([], user, new Microsoft.AspNetCore.Components.RouteData(page, new Dictionary<string, object?>()));
        await new WallBoardsHandler().HandleAsync(context);
        Assert.Equal(!shown, context.HasFailed);
    }
}
