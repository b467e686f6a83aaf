using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;

namespace HongqiaoDashboard.Features.Campaigns.Import;

/// <summary>
/// Daily entries. A column that the file does not have leaves what is there; an empty cell is nothing on that day.
/// </summary>
internal sealed class EntrySheet : ImportSheet
{
    private const string ItemField = "item";
    private const string DayField = "day";
    private const string NoteField = "note";
    private const int EntriesAtOnce = 2_000;

    private readonly TimeProvider _clock;
    private readonly List<SheetField> _fields;
    private readonly Dictionary<string, (string Stage, string Measure)> _amountFields = [];
    private readonly Dictionary<string, SortedDictionary<DateOnly, Candidate>> _byItem = new(StringComparer.Ordinal);

    public EntrySheet(ImportPlace place, TimeProvider clock) : base(place)
    {
        _clock = clock;
        var word = place.Definition.ItemWord;
        _fields =
        [
            new(ItemField, ["code", word.Zh, word.Zh + "编号", word.En, "编号"], IsRequired: true),
            new(DayField, ["date", "日期"], IsRequired: true),
            new(NoteField, ["备注", "remark"]),
        ];
        foreach (var stage in place.Definition.Stages)
        {
            // The first measure that is counted at a stage has the stage's name for itself; it leads where it is counted.
            var isFirst = true;
            foreach (var measure in place.Definition.Measures.Where(measure => measure.Stages.Contains(stage.Code)))
            {
                string[] stages = [stage.Code, stage.Name.Zh, stage.Name.En];
                var names = stages.SelectMany(name => NamesOf(measure).SelectMany(of => (string[])[$"{name}.{of}", $"{name}·{of}", $"{name} {of}"]));
                var key = isFirst ? stage.Code : $"{stage.Code}.{measure.Code}";
                _fields.Add(new SheetField(key, [.. isFirst ? stages.Concat(names) : names]));
                _amountFields[key] = (stage.Code, measure.Code);
                isFirst = false;
            }
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<SheetField> Fields => _fields;

    /// <inheritdoc/>
    public override void Judge()
    {
        foreach (var (code, rows) in _byItem)
        {
            JudgeItem(Place.Stock.Item(code)!, rows);
        }

        foreach (var row in _byItem.Values.SelectMany(rows => rows.Values).Where(row => IsGood(row.Line)))
        {
            Count(new CampaignImportChange(row.Line, row.Entry.Item, row.Entry.Day, row.Known is not null, row.Known is null ? "" : Words(row.Known.Amounts, row.Known.Note), Words(row.Entry.Amounts, row.Entry.Note)));
        }
    }

    /// <inheritdoc/>
    public override async Task StoreAsync(ICampaignDesk desk, CancellationToken cancellation)
    {
        var good = _byItem.Values.Select(rows => rows.Values.Where(row => IsGood(row.Line)).ToList()).Where(rows => rows.Count > 0).ToList();
        var batch = new List<Candidate>();
        foreach (var rows in good.Where(rows => rows.TrueForAll(row => row.Known is null)))
        {
            batch.AddRange(rows);
            if (batch.Count >= EntriesAtOnce)
            {
                await TakeAsync(desk, batch, cancellation);
                batch.Clear();
            }
        }

        await TakeAsync(desk, batch, cancellation);
        foreach (var rows in good.Where(rows => rows.Exists(row => row.Known is not null)))
        {
            await EnterAsync(desk, rows, cancellation);
        }
    }

    /// <inheritdoc/>
    protected override void ReadFields(CsvReader row)
    {
        var named = Needed(row, ItemField);
        var item = named is null ? null : Place.Stock.Item(named) ?? Place.Stock.Named(named);
        if (named is not null && item is null)
        {
            Refuse(ItemField, "ItemUnknownHere", named);
        }

        var day = Needed(row, DayField) is null ? null : Meant(row, DayField, SheetValues.Day, "NotADay");
        if (day < Place.Definition.Start)
        {
            Refuse(DayField, "DayBeforeStart", day, Place.Definition.Start);
        }
        else if (day > Place.Today)
        {
            Refuse(DayField, "DayAhead", day);
        }

        var known = item is not null && day is { } on ? Place.Stock.DaysOf(item.Code).GetValueOrDefault(on) : null;
        var amounts = Amounts(row, known);
        var note = Columns.Has(NoteField) ? Columns.Value(row, NoteField) : known?.Note ?? "";
        if (note.Length > CampaignLedger.LongestNote)
        {
            Refuse(NoteField, "NoteTooLong", CampaignLedger.LongestNote);
        }

        if (IsGood(Line))
        {
            Take(item!, new DayEntry { Item = item!.Code, Day = day!.Value, Amounts = amounts, Note = note, BasedOn = known?.Revision ?? 0, Source = "import" }, known);
        }
    }

    private List<StageAmount> Amounts(CsvReader row, CampaignEntry? known)
    {
        var amounts = new List<StageAmount>();
        foreach (var measure in Place.Definition.Measures)
        {
            foreach (var (field, (stage, of)) in _amountFields.Where(field => field.Value.Measure == measure.Code))
            {
                var amount = Columns.Has(field)
                    ? Meant(row, field, SheetValues.Amount, "NotAnAmount") ?? 0
                    : known?.Amounts.FirstOrDefault(a => a.Stage == stage && a.Measure == of).Amount ?? 0;
                if (amount < 0)
                {
                    Refuse(field, "AmountBelowZero", amount);
                }
                else if (amount > 0)
                {
                    amounts.Add(new StageAmount(stage, of, amount));
                }
            }
        }

        return amounts;
    }

    private void Take(CampaignItem item, DayEntry entry, CampaignEntry? known)
    {
        if (!_byItem.TryGetValue(item.Code, out var rows))
        {
            _byItem[item.Code] = rows = [];
        }

        if (rows.TryGetValue(entry.Day, out var first))
        {
            Refuse(DayField, "DayTwiceInFile", item.Code, entry.Day, first.Line);
        }
        else if (entry.Amounts.SequenceEqual(known?.Amounts ?? []) && entry.Note == (known?.Note ?? ""))
        {
            CountKnown();
        }
        else if (known is not null && !Place.Options.TakesCorrections)
        {
            Refuse(DayField, "DayDiffers", Words(known.Amounts, known.Note), Words(entry.Amounts, entry.Note));
        }
        else
        {
            rows[entry.Day] = new Candidate(Line, entry, known);
        }
    }

    // Days of an item bound each other. Where the rules break, the last row until that day is the one too much; without it
    // the day is as it was, so in the end only what is there is left, and that is right.
    private void JudgeItem(CampaignItem item, SortedDictionary<DateOnly, Candidate> rows)
    {
        var days = new SortedDictionary<DateOnly, IReadOnlyList<StageAmount>>(Place.Stock.DaysOf(item.Code).ToDictionary(day => day.Key, day => day.Value.Amounts));
        foreach (var row in rows.Values)
        {
            days[row.Entry.Day] = row.Entry.Amounts;
        }

        while (CampaignLedger.Judge(Place.Definition, item, days.Select(day => (day.Key, day.Value))) is { } broken)
        {
            var on = broken.Arguments.OfType<DateOnly>().First();
            var culprit = rows.Values.LastOrDefault(row => row.Entry.Day <= on && IsGood(row.Line));
            if (culprit is null)
            {
                return;
            }

            Refuse(culprit.Line, FieldOf(broken), broken);
            if (culprit.Known is { } known)
            {
                days[known.Day] = known.Amounts;
            }
            else
            {
                days.Remove(culprit.Entry.Day);
            }
        }
    }

    // The refusal names the stage by its word.
    private string? FieldOf(Refusal broken) => broken.Arguments.OfType<CampaignWord>().FirstOrDefault() is { } word
        ? _amountFields.FirstOrDefault(field => Place.Definition.Stages[Place.Definition.StageIndex(field.Value.Stage)].Name == word && Columns.Has(field.Key)).Key
        : null;

    private async Task TakeAsync(ICampaignDesk desk, List<Candidate> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return;
        }

        try
        {
            var now = _clock.GetUtcNow();
            await desk.TakeAsync(
                Place.Definition.Code, [],
                [
                    .. rows.Select(row => new CampaignEntry
                    {
                        Item = row.Entry.Item, Day = row.Entry.Day, Revision = 1, Amounts = row.Entry.Amounts, Note = row.Entry.Note, At = now, ActorName = Place.Actor.Name, Source = "import",
                    }),
                ],
                Place.Actor, cancellation);
        }
        catch (RefusedException)
        {
            // Somebody was quicker with one of them; the others need not suffer.
            foreach (var item in rows.GroupBy(row => row.Entry.Item))
            {
                await EnterAsync(desk, [.. item], cancellation);
            }
        }
    }

    // One by one a step may break a rule that all of them together keep, so what is refused is tried again after the others.
    private async Task EnterAsync(ICampaignDesk desk, List<Candidate> rows, CancellationToken cancellation)
    {
        var left = new Queue<Candidate>(rows);
        var refused = new Dictionary<Candidate, Refusal>();
        for (var tries = left.Count; left.TryDequeue(out var row) && tries >= 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                await desk.EnterAsync(Place.Definition.Code, row.Entry, Place.Actor, cancellation);
                refused.Remove(row);
                tries = left.Count;
            }
            catch (RefusedException e)
            {
                refused[row] = e.Refusal;
                left.Enqueue(row);
                tries--;
            }
        }

        foreach (var (row, reason) in refused)
        {
            Refuse(row.Line, null, reason);
            Uncount(row.Known is not null);
        }
    }

    private string Words(IReadOnlyList<StageAmount> amounts, string note) =>
        new AmountsText(Place.Definition, amounts) + (note.Length == 0 ? "" : $" · {RowFault.Quote(note)}");

    private sealed record Candidate(long Line, DayEntry Entry, CampaignEntry? Known);
}
