using HongqiaoDashboard.Features.Campaigns.Contracts;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Walls.Components;

/// <summary>A part of a board that shows one campaign. It renders when the picture is another one, whatever else the board does.</summary>
public abstract class CampaignPart : ComponentBase
{
    private CampaignPicture? _shown;
    private bool _changed;

    /// <summary>The campaign.</summary>
    [Parameter, EditorRequired]
    public CampaignPicture Picture { get; set; } = default!;

    /// <summary>What the campaign is.</summary>
    protected CampaignDefinition Definition => Picture.Definition;

    /// <summary>What is counted first.</summary>
    protected CampaignMeasure Leading => Picture.Definition.Leading;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        (_changed, _shown) = (!ReferenceEquals(_shown, Picture), Picture);
        if (_changed)
        {
            Take();
        }
    }

    /// <summary>Takes what it shows from a picture that is new.</summary>
    protected virtual void Take()
    {
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => _changed;
}
