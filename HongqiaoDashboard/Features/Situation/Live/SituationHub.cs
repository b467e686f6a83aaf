using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>
/// The situation for programs and displays. The server calls <c>SituationChanged(delta)</c> and <c>Heartbeat(beat)</c>.
/// </summary>
[Authorize(Policies.ViewSituation)]
internal sealed class SituationHub(SituationProjection projection, SituationConnections connections) : Hub
{
    /// <summary>Path of the hub.</summary>
    public const string Path = "/hubs/situation";

    /// <summary>Starts watching a scope, in the place of the one watched before.</summary>
    /// <param name="scope">Grid code, or null for all that the caller may see.</param>
    /// <returns>The picture that every later delta builds on.</returns>
    [Authorize(Policies.ViewSituation)]
    public async Task<DeliveredSnapshot> Watch(string? scope)
    {
        var outlet = connections.Find(Context.ConnectionId);
        DeliveredSnapshot? answer;
        do
        {
            answer = await outlet.WatchAsync(await FeedAsync(scope));
        }
        while (answer is null);
        return answer;
    }

    /// <summary>The newest picture of a scope. If it is the scope being watched, later deltas build on it.</summary>
    /// <param name="scope">Grid code, or null for all that the caller may see.</param>
    [Authorize(Policies.ViewSituation)]
    public async Task<DeliveredSnapshot> Snapshot(string? scope) =>
        await connections.Find(Context.ConnectionId).SnapshotAsync(await FeedAsync(scope));

    private async Task<ScopeFeed> FeedAsync(string? scope)
    {
        var actor = Actor.From(Context.User) ?? throw new HubException("Not signed in. 未登录。");
        try
        {
            return await projection.FeedAsync(string.IsNullOrEmpty(scope) ? null : scope, actor, Context.ConnectionAborted);
        }
        catch (RefusedException refused)
        {
            throw new HubException(refused.Refusal.Code == "UnknownScope"
                ? $"UnknownScope: there is no grid '{refused.Refusal.Arguments[0]}' in the edition in force. 现行网格版本中没有该编码。"
                : $"ScopeForbidden: '{refused.Refusal.Arguments[0]}' lies outside what you may see. 超出您的查看范围。");
        }
    }
}
