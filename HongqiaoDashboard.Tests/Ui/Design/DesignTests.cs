using HongqiaoDashboard.App.Layout;
using HongqiaoDashboard.Tests.TestKit;
using HongqiaoDashboard.Ui.Design;
using MudBlazor;

namespace HongqiaoDashboard.Tests.Ui.Design;

/// <summary>What the style sheet promises to eyes.</summary>
public sealed class DesignTests
{
    // Which colour of MudBlazor is which token.
    private static readonly (Func<Palette, MudBlazor.Utilities.MudColor> Colour, string Token)[] Twins =
    [
        (p => p.Background, "ground"), (p => p.BackgroundGray, "sunken"), (p => p.Surface, "surface"), (p => p.TextPrimary, "ink"), (p => p.TextSecondary, "ink-soft"),
        (p => p.AppbarBackground, "bar"), (p => p.AppbarText, "on-bar"), (p => p.DrawerBackground, "surface"), (p => p.DrawerText, "ink"), (p => p.DrawerIcon, "ink-soft"),
        (p => p.LinesDefault, "edge"), (p => p.LinesInputs, "field"), (p => p.TableLines, "edge"), (p => p.Divider, "edge"), (p => p.ActionDefault, "ink-soft"),
        (p => p.Primary, "accent"), (p => p.PrimaryContrastText, "on-accent"), (p => p.Secondary, "ink-soft"), (p => p.SecondaryContrastText, "surface"),
        (p => p.Info, "accent"), (p => p.InfoContrastText, "on-accent"), (p => p.Success, "good"), (p => p.SuccessContrastText, "on-good"),
        (p => p.Warning, "warn"), (p => p.WarningContrastText, "on-warn"), (p => p.Error, "danger"), (p => p.ErrorContrastText, "on-danger"),
    ];

    private static TokenSheet Tokens { get; } = TokenSheet.Parse(File.ReadAllText(Repository.File("wwwroot", "css", "tokens.css")));

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Ink_OnEveryGroundItIsUsedOn_HasContrastEnough(string theme)
    {
        var faint = InkPair.All
            .Select(pair => (pair, Ratio: Tokens.Colour(theme, pair.Ink).Contrast(Tokens.Colour(theme, pair.Ground))))
            .Where(found => found.Ratio < found.pair.Least)
            .Select(found => $"{found.pair.Ink} on {found.pair.Ground}: {found.Ratio:0.00}");

        Assert.Empty(faint);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Palette_OfMudBlazor_HasTheValuesOfTheTokens(string theme)
    {
        Palette palette = theme == "light" ? DeskTheme.Theme.PaletteLight : DeskTheme.Theme.PaletteDark;

        Assert.All(Twins, twin => Assert.Equal(Tokens.Value(theme, twin.Token), twin.Colour(palette).ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex)));
    }

    [Fact]
    public void Ramp_ToEveryEye_GrowsEvenlyInLightness()
    {
        var ramps = HeatRamp.Parse(File.ReadAllText(Repository.File("wwwroot", "js", "map", "scale.js")));

        Assert.Contains(ramps, ramp => ramp.Scheme == "light");
        Assert.Contains(ramps, ramp => ramp.Scheme == "dark");
        Assert.Empty(
            from ramp in ramps
            from vision in Enum.GetValues<Vision>()
            where !ramp.IsEvenFor(vision)
            select $"{ramp.Name} on {ramp.Scheme} to {vision}");
    }

    [Fact]
    public void Contrast_OfKnownColours_IsThatOfTheStandard()
    {
        Assert.Equal(21, Colour.Parse("#000000").Contrast(Colour.Parse("#ffffff")), 6);
        Assert.Equal(4.54, Colour.Parse("#767676").Contrast(Colour.Parse("#ffffff")), 2);
    }

    [Fact]
    public void Red_WithoutItsCones_LooksDark()
    {
        var red = Colour.Parse("#ff0000");
        Assert.True(red.SeenBy(Vision.Protanopia).Luminance < red.Luminance * 0.75);
        Assert.Equal(red, red.SeenBy(Vision.Usual));
    }
}
