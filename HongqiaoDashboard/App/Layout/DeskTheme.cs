using MudBlazor;

namespace HongqiaoDashboard.App.Layout;

/// <summary>Colours and type of the desk pages; the same values stand as tokens in <c>css/tokens.css</c>.</summary>
internal static class DeskTheme
{
    /// <summary>The theme.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b5cad", Secondary = "#b3361e", AppbarBackground = "#0b2f57", AppbarText = "#ffffff",
            Background = "#f4f6f9", Surface = "#ffffff", TextPrimary = "#15202b", TextSecondary = "#46535f",
            DrawerBackground = "#ffffff", DrawerText = "#15202b", LinesDefault = "#dde3ea", TableLines = "#e6ebf0",
            Error = "#b3261e", Warning = "#9a5b00", Success = "#1f6f3f", Info = "#0b5cad",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"], FontSize = ".9rem" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
    };
}
