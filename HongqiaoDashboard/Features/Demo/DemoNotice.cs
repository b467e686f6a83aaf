using HongqiaoDashboard.Ui.Notices;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Demo;

/// <summary>演示数据: what every page says of a data folder of the demo, also when the demo is switched off.</summary>
internal sealed class DemoNotice(IStringLocalizer<DemoTexts> text) : IDataNotice
{
    private volatile bool _isShown;

    /// <summary>Whether the folder is the demo's.</summary>
    public bool IsShown
    {
        get => _isShown;
        set => _isShown = value;
    }

    public string? Text => IsShown ? text["Notice"].Value : null;

    public string? Hint => IsShown ? text["NoticeHint"].Value : null;
}
