using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Workbooks;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Export;

/// <summary>Makes the workbook of a campaign, as far as somebody may see it. One at a time: a workbook is held in memory while it is made.</summary>
internal sealed class CampaignExport(
    ICampaignFeed feed, ICampaignDesk desk, IGridDirectory grids, IIncidentCatalog catalog, IWriteLane lane, IStringLocalizer<CampaignExportTexts> texts, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Maps <c>GET /api/campaigns/{code}/export.xlsx</c>.</summary>
    /// <param name="app">The composed application.</param>
    public static void Map(WebApplication app) => app.MapGet("/api/campaigns/{code}/export.xlsx", async (string code, CampaignExport export, HttpContext context) =>
    {
        if (Actor.From(context.User) is not { } actor || await export.MakeAsync(code, actor, context.RequestAborted) is not { File: { } file } made)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.File(file, WorkbookFile.MediaType, made.Name);
    }).RequireAuthorization(Policies.ViewCases).WithRequestTimeout(TimeSpan.FromMinutes(10));

    /// <summary>Makes it, on a thread of the pool.</summary>
    /// <param name="code">Campaign code.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Set when they have gone.</param>
    /// <returns>A name, and a file that is gone when it is closed; no file for an unknown campaign.</returns>
    public async Task<(string Name, Stream? File)> MakeAsync(string code, Actor actor, CancellationToken cancellation)
    {
        CampaignPicture? picture;
        using (var subscription = await feed.SubscribeAsync(actor, static () => { }, cancellation))
        {
            picture = subscription.Current.FirstOrDefault(known => known.Definition.Code == code);
        }

        if (picture is null)
        {
            return ("", null);
        }

        await _one.WaitAsync(cancellation);
        try
        {
            var file = await Task.Run(() => WriteAsync(picture, actor, cancellation), cancellation);
            try
            {
                // Nothing is handed out that the trail does not know of.
                await lane.AuditAsync(new AuditRecord("campaign.exported", code) { Facts = [new("items", picture.Items.Count)] }, actor, cancellation);
                return (NameOf(picture), file);
            }
            catch
            {
                await file.DisposeAsync();
                throw;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<Stream> WriteAsync(CampaignPicture picture, Actor actor, CancellationToken cancellation)
    {
        var name = Here(picture.Definition);
        var zone = grids.Current.TimeZone;
        var remark = texts[picture.IsSynthetic ? "RemarkSynthetic" : "Remark", Day(picture.Day), Minute(picture.AsOf), Minute(clock.GetUtcNow())].Value;
        using var book = new WorkbookFile(name);
        OverviewSheet.Write(book, picture, name, remark, texts);
        var sheets = new CampaignSheets(book, picture, name, remark, texts, grids.Current, catalog, zone);
        sheets.Days();
        sheets.Items();
        foreach (var item in picture.Items)
        {
            sheets.Entries(item, await desk.HistoryAsync(picture.Definition.Code, item.Item.Code, actor, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }

        sheets.Corrections();
        sheets.Cases();
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            book.Save(file);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        string Minute(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private string NameOf(CampaignPicture picture) =>
        $"{Here(picture.Definition)} {Day(picture.Day)}{(picture.IsSynthetic ? $" {texts["Synthetic"]}" : "")}.xlsx";

    private static string Here(CampaignDefinition definition) => new CampaignWord(definition.Name, definition.NameEn).Here;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
