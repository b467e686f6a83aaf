using System.Collections.Immutable;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Domain;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>
/// Turns the model into what may be shown: cards without a reporter's words, sensitive cases at the centre of their grid,
/// counts-only categories in no list.
/// </summary>
internal sealed class PictureMaker(GridEdition edition, IIncidentCatalog catalog, ISituationPart[] parts)
{
    /// <summary>How many broken promises a picture lists.</summary>
    public const int MostBreaches = 100;

    /// <summary>How many promises of each kind the details list: as many as the tallest board has rows for.</summary>
    public const int MostDeadlines = 32;

    /// <summary>The edition whose grids are shown.</summary>
    public GridEdition Edition => edition;

    /// <summary>Whether a part of the picture that others keep has changed.</summary>
    /// <param name="current">The newest picture.</param>
    public bool PartsChanged(SituationSnapshot current) => parts.Length > 0 && !current.Campaigns.SequenceEqual(Campaigns(current.Scope));

    /// <summary>Makes the picture of a scope.</summary>
    /// <param name="model">The model, its clock run and the scope loaded.</param>
    /// <param name="scope">Grid code, or null for the whole district.</param>
    /// <param name="previous">The picture before in the same epoch, whose unchanged members are used again; null for none.</param>
    /// <param name="epoch">Epoch.</param>
    /// <param name="version">Version.</param>
    public SituationSnapshot Make(SituationModel model, string? scope, SituationSnapshot? previous, string epoch, long version)
    {
        var code = scope ?? edition.Root.Code;
        return new SituationSnapshot
        {
            Epoch = epoch,
            Version = version,
            AsOf = model.Now,
            Scope = scope,
            Kpis = model.Figures(code),
            Heat = Heat(model, code, previous?.Heat),
            Stream = Cards(model.Stream(code), CaseStream.Length, previous?.Stream),
            Breaches = Cards(model.Open.Overdue(model.Scopes.Id(code)), MostBreaches, previous?.Breaches),
            Campaigns = Campaigns(scope),
        };
    }

    /// <summary>Makes what boards show beside the picture.</summary>
    /// <param name="model">The model, its clock run and the scope loaded.</param>
    /// <param name="scope">Grid code, or null for the whole district.</param>
    /// <param name="before">The details before, whose unchanged members are used again.</param>
    public SituationDetails Details(SituationModel model, string? scope, SituationDetails before)
    {
        var code = scope ?? edition.Root.Code;
        var number = model.Scopes.Id(code);
        return new SituationDetails
        {
            Hours = model.Hours.Read(number, model.Scopes.Id(edition.Root.Code)),
            Units = [.. edition.Children(code).Select(unit => Unit(model, unit.Code)).OrderByDescending(unit => unit.Open).ThenBy(unit => unit.Code, StringComparer.Ordinal)],
            Categories = [.. model.Open.Categories(number).Select(c => new SituationCategory(c.Category, c.Open, c.Overdue))
                .OrderByDescending(category => category.Open).ThenBy(category => category.Code, StringComparer.Ordinal)],
            Broken = Deadlines(model.Open.Overdue(number), facts => (facts.DueAt!.Value, facts.CloseBy)),
            Coming = Deadlines(model.Open.Coming(number), facts => (facts.ReportedAt, facts.DueAt!.Value)),
        }.Reusing(before);
    }

    private static SituationUnit Unit(SituationModel model, string code)
    {
        var cell = model.Cell(code);
        return new SituationUnit(code, cell.Open, cell.Overdue, cell.Today, ScopeTable.IsBasic(code) ? null : model.Figure(code, "closureRate", "month"));
    }

    private SituationDeadline[] Deadlines(IEnumerable<IncidentFacts> facts, Func<IncidentFacts, (DateTimeOffset From, DateTimeOffset To)> span) =>
        [.. Listed(facts).Take(MostDeadlines).Select(f => new SituationDeadline(Card(f), span(f).From, span(f).To))];

    private IEnumerable<IncidentFacts> Listed(IEnumerable<IncidentFacts> facts) => facts.Where(f => catalog.Category(f.Category)?.CountsOnly != true);

    private IReadOnlyList<SituationCell> Heat(SituationModel model, string code, IReadOnlyList<SituationCell>? previous)
    {
        var units = edition.Units.Where(unit => unit.Code.StartsWith(code, StringComparison.Ordinal));
        if (previous is null)
        {
            return [.. units.Select(unit => model.Cell(unit.Code))];
        }

        var cells = new SituationCell[previous.Count];
        var changed = false;
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = previous[i];
            if (model.Touched.Contains(model.Scopes.Id(cells[i].Code)) && model.Cell(cells[i].Code) is var cell && cell != cells[i])
            {
                cells[i] = cell;
                changed = true;
            }
        }

        return changed ? cells : previous;
    }

    private IReadOnlyList<SituationCard> Cards(IEnumerable<IncidentFacts> facts, int most, IReadOnlyList<SituationCard>? previous)
    {
        var cards = Listed(facts).Take(most).Select(Card).ToImmutableArray();
        return previous is not null && previous.SequenceEqual(cards) ? previous : cards;
    }

    private SituationCard Card(IncidentFacts facts)
    {
        var point = (Lat: facts.Latitude, Lon: facts.Longitude);
        if (catalog.Category(facts.Category)?.IsSensitive != false && edition.Find(facts.GridCode) is { } grid)
        {
            point = (grid.Centre.Latitude, grid.Centre.Longitude);
        }

        return new SituationCard
        {
            Number = facts.Number,
            Category = facts.Category,
            Type = facts.Type,
            Severity = Camel(facts.Severity),
            GridCode = facts.GridCode,
            State = Camel(facts.State),
            ReportedAt = facts.ReportedAt,
            DueAt = facts.DueAt,
            Lat = point.Lat,
            Lon = point.Lon,
        };
    }

    private ImmutableArray<SituationCampaign> Campaigns(string? scope) => [.. parts.SelectMany(part => part.Campaigns(scope))];

    private static string Camel<T>(T value) where T : struct, Enum => EnumNames<T>.CamelCase[value];

    private static class EnumNames<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> CamelCase =
            Enum.GetValues<T>().ToDictionary(v => v, v => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));
    }
}
