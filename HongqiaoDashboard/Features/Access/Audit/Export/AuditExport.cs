using System.Globalization;
using System.Text;
using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Workbooks;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Access.Audit.Export;

/// <summary>
/// Hands the trail out as a file, as far as filters say, row by row: what it needs of memory does not grow with the trail. That
/// it does so is recorded before the first byte.
/// </summary>
internal sealed class AuditExport(AuditReader reader, IWriteLane lane, AuditWords words, IStringLocalizer<AuditTexts> text, TimeProvider clock)
{
    private static readonly string[] Titles = ["Number", "At", "Who", "ActorName", "Role", "Address", "Connection", "Slug", "ActLabel", "ResultLabel", "SubjectShort", "Facts", "Hash"];

    /// <summary>Maps <c>GET /admin/audit/export.csv</c>, <c>export.xlsx</c> and <c>head.txt</c>.</summary>
    /// <param name="app">The composed application.</param>
    public static void Map(WebApplication app)
    {
        app.MapGet(AuditAddress.Page + "/export.csv", (AuditExport export, HttpContext context) => export.CsvAsync(context)).RequireAuthorization(Policies.Administer);
        app.MapGet(AuditAddress.Page + "/export.xlsx", (AuditExport export, HttpContext context) => export.ExcelAsync(context)).RequireAuthorization(Policies.Administer);
        app.MapGet(AuditAddress.Page + "/head.txt", (AuditReader reader, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Text(reader.Head(Actor.From(context.User)!) + "\n");
        }).RequireAuthorization(Policies.Administer);
    }

    private async Task<IResult> CsvAsync(HttpContext context)
    {
        var rows = await BeginAsync(context, "csv");
        return Results.Stream(stream => Task.Run(() => WriteAsync(stream, rows, context.RequestAborted)), "text/csv; charset=utf-8", NameOf("csv"));
    }

    // A workbook is an archive whose pages are written one after another: to a file first, which is gone when it is closed.
    private async Task<IResult> ExcelAsync(HttpContext context)
    {
        var rows = await BeginAsync(context, "xlsx");
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            await Task.Run(() => Write(file, rows, context.RequestAborted), context.RequestAborted);
            file.Position = 0;
            return Results.File(file, WorkbookFile.MediaType, NameOf("xlsx"));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task<IEnumerable<AuditRow>> BeginAsync(HttpContext context, string format)
    {
        var actor = Actor.From(context.User) ?? throw new InvalidOperationException("The door let nobody in.");
        var address = AuditAddress.Read(context.Request.QueryString.Value ?? "");
        await lane.AuditAsync(new AuditRecord("audit.exported") { Facts = [new("format", format), .. address.Facts()] }, actor, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return reader.All(address.QueryIn(words.Zone), actor);
    }

    private string NameOf(string extension) => $"{text["FileName", words.Zone.At(clock.GetUtcNow()).ToString("yyyy-MM-dd HHmm", CultureInfo.InvariantCulture)]}.{extension}";

    private async Task WriteAsync(Stream stream, IEnumerable<AuditRow> rows, CancellationToken cancellation)
    {
        // With a mark at its beginning: spreadsheet programs take a file without one for another encoding.
        await using var csv = new StreamWriter(stream, new UTF8Encoding(true), 1 << 15, leaveOpen: true) { NewLine = "\r\n" };
        await csv.WriteLineAsync(string.Join(',', Titles.Select(title => CsvText.Field(text[title]))));
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            await csv.WriteLineAsync(string.Join(',', Values(row).Select(value => CsvText.Field(value is DateTime local ? $"{local:yyyy-MM-dd HH:mm:ss}" : Convert.ToString(value, CultureInfo.InvariantCulture)))));
        }
    }

    private void Write(Stream stream, IEnumerable<AuditRow> rows, CancellationToken cancellation)
    {
        int[] widths = [9, 20, 16, 14, 16, 22, 20, 22, 22, 10, 22, 48, 68];
        using var sheet = new StreamedSheet(stream, text["Title"], [.. Titles.Zip(widths, (title, width) => new WorkbookColumn(text[title], width))]);
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            if (sheet.Rows == StreamedSheet.MostRows - 1)
            {
                sheet.Add(text["MoreRows"].Value);
                return;
            }

            sheet.Add(Values(row));
        }
    }

    private object?[] Values(AuditRow row) =>
    [
        row.Seq, words.Zone.At(row.At).DateTime, row.ActorId, row.ActorName, row.ActorRole, row.Address, row.Connection, row.Act, words.Act(row.Act),
        words.Result(row.Result), row.Subject, words.Facts(row), Convert.ToHexStringLower(row.Hash),
    ];
}
