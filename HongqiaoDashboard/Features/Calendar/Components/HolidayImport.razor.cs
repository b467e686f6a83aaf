using System.Text;
using HongqiaoDashboard.Features.Calendar.Domain;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Features.Calendar.Components;

/// <summary>Takes a year's schedule from a file into the draft: examined first, its changes shown, taken as a whole or not at all.</summary>
public sealed partial class HolidayImport
{
    // A schedule has some forty lines a year.
    private const int Longest = 256 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private HolidayTable? _table;
    private string _fileName = "";
    private string? _problem;

    /// <summary>What the file would change.</summary>
    [Parameter, EditorRequired]
    public CalendarDocument Draft { get; set; } = default!;

    /// <summary>Raised with the years that shall be taken.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<CalendarYear>> OnTake { get; set; }

    private async Task ExamineAsync(IBrowserFile? file)
    {
        Clear();
        if (file is null)
        {
            return;
        }

        _fileName = file.Name;
        if (file.Size > Longest)
        {
            _problem = Text["FileLarge", Longest / 1024];
            return;
        }

        try
        {
            using var bytes = new MemoryStream();
            await using (var stream = file.OpenReadStream(Longest))
            {
                await stream.CopyToAsync(bytes);
            }

            _table = HolidayTable.Examine(Strict.GetString(bytes.ToArray()));
        }
        catch (DecoderFallbackException)
        {
            _problem = Text["FileNotUtf8"];
        }
        catch (Exception e) when (e is IOException or JSException or TimeoutException)
        {
            _problem = Text["FileUnreadable"];
        }
    }

    private IReadOnlyList<string> Preview(HolidayTable table) => Words.Changes(Draft, table.Years.Aggregate(Draft, (draft, year) => draft.With(year)));

    private async Task TakeAsync(HolidayTable table)
    {
        Clear();
        await OnTake.InvokeAsync(table.Years);
    }

    private void Clear() => (_table, _problem) = (null, null);
}
