using HongqiaoDashboard.Kernel;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns;

/// <summary>The campaigns' refusals in the language of the current user.</summary>
/// <param name="text">The sentences.</param>
internal sealed class CampaignWords(IStringLocalizer<CampaignTexts> text)
{
    /// <summary>A refusal as a sentence; a refusal that it names as its reason is one too.</summary>
    /// <param name="refusal">The refusal.</param>
    public string Of(Refusal refusal) => text[refusal.Code, [.. refusal.Arguments.Select(argument => argument is Refusal reason ? Of(reason) : argument)]];
}
