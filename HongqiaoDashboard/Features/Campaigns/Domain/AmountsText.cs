using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>Amounts in words, in the language of whoever reads them.</summary>
/// <param name="Definition">Their campaign.</param>
/// <param name="Amounts">What.</param>
internal sealed record AmountsText(CampaignDefinition Definition, IReadOnlyList<StageAmount> Amounts)
{
    public override string ToString() => Amounts.Count == 0
        ? new CampaignWord("无进展", "nothing").Here
        : string.Join(new CampaignWord("，", ", ").Here, Amounts.Select(amount => $"{Definition.Stage(amount.Stage)?.Name.Here ?? amount.Stage} {amount.Amount:N0} {Definition.Measure(amount.Measure)?.Unit.Here ?? amount.Measure}"));
}
