using MudBlazor;

namespace HongqiaoDashboard.App.Layout;

/// <summary>Colours and type of the desk pages; the same values stand as tokens in <c>css/tokens.css</c>, which a test holds.</summary>
internal static class DeskTheme
{
    /// <summary>The theme.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Background = "#f4f6f9", BackgroundGray = "#eceff3", Surface = "#ffffff", TextPrimary = "#15202b", TextSecondary = "#46535f",
            AppbarBackground = "#0b2f57", AppbarText = "#ffffff", DrawerBackground = "#ffffff", DrawerText = "#15202b", DrawerIcon = "#46535f",
            LinesDefault = "#dde3ea", LinesInputs = "#78838f", TableLines = "#dde3ea", Divider = "#dde3ea", ActionDefault = "#46535f",
            Primary = "#0b5cad", PrimaryContrastText = "#ffffff", Secondary = "#46535f", SecondaryContrastText = "#ffffff",
            Info = "#0b5cad", InfoContrastText = "#ffffff", Success = "#1f6f3f", SuccessContrastText = "#ffffff",
            Warning = "#8a5200", WarningContrastText = "#ffffff", Error = "#b3261e", ErrorContrastText = "#ffffff",
        },
        PaletteDark = new PaletteDark
        {
            Background = "#0f1722", BackgroundGray = "#111b28", Surface = "#172231", TextPrimary = "#e8eef5", TextSecondary = "#a9b8c8",
            AppbarBackground = "#0a1e36", AppbarText = "#ffffff", DrawerBackground = "#172231", DrawerText = "#e8eef5", DrawerIcon = "#a9b8c8",
            LinesDefault = "#2e3e52", LinesInputs = "#7d8fa3", TableLines = "#2e3e52", Divider = "#2e3e52", ActionDefault = "#a9b8c8",
            Primary = "#6cb2f5", PrimaryContrastText = "#06182b", Secondary = "#a9b8c8", SecondaryContrastText = "#172231",
            Info = "#6cb2f5", InfoContrastText = "#06182b", Success = "#62cf97", SuccessContrastText = "#04190f",
            Warning = "#f2b756", WarningContrastText = "#1f1503", Error = "#ff8a80", ErrorContrastText = "#2b0705",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"], FontSize = ".9rem" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
    };
}
