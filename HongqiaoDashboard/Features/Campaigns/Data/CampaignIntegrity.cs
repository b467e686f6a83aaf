using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Campaigns.Live;
using HongqiaoDashboard.Features.Campaigns.Photos;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;

namespace HongqiaoDashboard.Features.Campaigns.Data;

/// <summary>
/// Compares the campaigns' pictures with sums over the rows, each item's days with the rules, looks for holes in the log and
/// between versions and revisions, and for photographs whose files are gone.
/// </summary>
internal sealed class CampaignIntegrity(CampaignBook book, IGridDirectory grids, PhotoFiles files) : IIntegrityPart
{
    public IEnumerable<string> Differences(ReadSession read, DateTimeOffset asOf)
    {
        var items = read.Query<CampaignItemRow>().ToList();
        var entries = read.Query<CampaignEntryRow>().ToList();
        var log = items.Select(row => row.Seq).Concat(entries.Select(row => row.Seq)).Concat(read.Query<CampaignLinkRow>().Select(row => row.Seq))
            .Concat(read.Query<CampaignPhotoRow>().Select(row => row.Seq)).Order().ToList();
        if (log.Where((seq, place) => seq != place + 1).Cast<long?>().FirstOrDefault() is { } hole)
        {
            yield return $"The campaigns' log has a hole before {hole}.";
        }

        foreach (var versions in items.GroupBy(row => (row.Campaign, row.Code)).Where(group => group.Max(row => row.Version) != group.Count()))
        {
            yield return $"{versions.Key.Campaign} {versions.Key.Code}: versions are missing.";
        }

        foreach (var revisions in entries.GroupBy(row => (row.Campaign, row.Item, row.Day)).Where(group => group.Max(row => row.Revision) != group.Count()))
        {
            yield return $"{revisions.Key.Campaign} {revisions.Key.Item} {revisions.Key.Day:yyyy-MM-dd}: revisions are missing.";
        }

        foreach (var photo in CampaignPhotoRows.Newest(read.Query<CampaignPhotoRow>()).Where(row => row.Kept).AsEnumerable().Where(row => !files.Has(row.Hash)))
        {
            yield return $"{photo.Campaign} {photo.Item}: entry {photo.Seq} names the photograph {photo.Hash}, whose files are not there.";
        }

        var zone = grids.Current.TimeZone;
        var loader = new CampaignLoader(read);
        var model = new CampaignModel(zone) { CaseSeq = loader.LastCaseSeq() };
        model.Begin(book.Campaigns, zone.DayOf(asOf));
        loader.Follow(model);
        model.Settle(loader.CasesOf);
        foreach (var difference in model.Sheets().SelectMany(sheet => Compare(sheet, entries)))
        {
            yield return difference;
        }
    }

    private static IEnumerable<string> Compare(CampaignSheet sheet, List<CampaignEntryRow> entries)
    {
        var definition = sheet.Definition;
        var counted = entries.Where(row => row.Campaign == definition.Code).GroupBy(row => (row.Item, row.Day)).Select(days => days.MaxBy(row => row.Revision)!.ToEntry())
            .OrderBy(entry => entry.Day).ToLookup(entry => entry.Item, StringComparer.Ordinal);
        foreach (var item in sheet.Items)
        {
            var days = counted[item.Item.Code].Select(entry => (entry.Day, entry.Amounts)).ToList();
            if (CampaignLedger.Judge(definition, item.Item, days) is { } broken)
            {
                yield return $"{definition.Code} {item.Item.Code}: {broken.Code} on {broken.Arguments[1]:yyyy-MM-dd}.";
            }

            foreach (var shown in item.Standing.Reached)
            {
                var sum = days.SelectMany(day => day.Amounts).Where(amount => (amount.Stage, amount.Measure) == (shown.Stage, shown.Measure)).Sum(amount => amount.Amount);
                if (sum != shown.Amount)
                {
                    yield return $"{definition.Code} {item.Item.Code}: {shown.Stage} {shown.Measure} is {shown.Amount} in the picture but {sum} in the rows.";
                }
            }
        }
    }
}
