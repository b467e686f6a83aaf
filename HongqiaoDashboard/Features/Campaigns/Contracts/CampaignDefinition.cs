namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>
/// What a campaign is: amounts that go through stages, item by item. It is configuration, not code: a campaign in which each
/// item is done or not is one whose items have a total of one.
/// </summary>
public sealed record CampaignDefinition
{
    /// <summary>Code, as addresses and other programs name it: lower-case letters, digits and hyphens.</summary>
    public required string Code { get; init; }

    /// <summary>Name in Chinese.</summary>
    public required string Name { get; init; }

    /// <summary>Name in English.</summary>
    public required string NameEn { get; init; }

    /// <summary>First day of the campaign; no entry lies before it.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The day by which nothing shall be left.</summary>
    public required DateOnly Target { get; init; }

    /// <summary>What an item is called, for example 地块.</summary>
    public required CampaignWord ItemWord { get; init; }

    /// <summary>Stages in their order: no more can have reached one than have reached the one before.</summary>
    public required IReadOnlyList<CampaignStage> Stages { get; init; }

    /// <summary>Code of the stage that counts as done.</summary>
    public required string DoneStage { get; init; }

    /// <summary>What is counted. The first one leads: burn-up, pace and forecast are of it.</summary>
    public required IReadOnlyList<CampaignMeasure> Measures { get; init; }

    /// <summary>
    /// What shall be done of the leading measure by which day, in the order of the days; a straight line leads from the start
    /// through these to all of it on the target day.
    /// </summary>
    public IReadOnlyList<CampaignMilestone> Plan { get; init; } = [];

    /// <summary>What is watched for around an item that is done; null for nothing.</summary>
    public RelapseRule? Relapse { get; init; }

    /// <summary>Whether each item has photographs of before and after.</summary>
    public bool Photographs { get; init; }

    /// <summary>Whether each item is one thing that is done or not, so that a form asks for a stage and not for amounts.</summary>
    public bool WholeItems { get; init; }

    /// <summary>What is counted first.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public CampaignMeasure Leading => Measures[0];

    /// <summary>A measure by its code, or null.</summary>
    /// <param name="code">Its code.</param>
    public CampaignMeasure? Measure(string code) => Measures.FirstOrDefault(measure => measure.Code == code);

    /// <summary>A stage by its code, or null.</summary>
    /// <param name="code">Its code.</param>
    public CampaignStage? Stage(string code) => StageIndex(code) is >= 0 and var place ? Stages[place] : null;

    /// <summary>The stages at which a measure is counted, in their order.</summary>
    /// <param name="measure">The measure.</param>
    public IEnumerable<CampaignStage> StagesOf(CampaignMeasure measure) => Stages.Where(stage => measure.Stages.Contains(stage.Code));

    /// <summary>The place of a stage, from 0; -1 for none of ours.</summary>
    /// <param name="code">Its code.</param>
    public int StageIndex(string code)
    {
        for (var i = 0; i < Stages.Count; i++)
        {
            if (Stages[i].Code == code)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>A word in both languages.</summary>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
public sealed record CampaignWord(string Zh, string En)
{
    /// <summary>The word in the language of the current user.</summary>
    public string Here => System.Globalization.CultureInfo.CurrentUICulture.Name == "en" ? En : Zh;

    /// <summary><see cref="Here"/>, so that a sentence is filled in the language of whoever reads it.</summary>
    public override string ToString() => Here;
}

/// <summary>A stage that amounts reach.</summary>
/// <param name="Code">Code, never changed.</param>
/// <param name="Name">Its name.</param>
public sealed record CampaignStage(string Code, CampaignWord Name);

/// <summary>Something that is counted, in whole units.</summary>
/// <param name="Code">Code, never changed.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit, for example 户.</param>
/// <param name="Stages">Codes of the stages at which it is counted; the done stage is among them.</param>
public sealed record CampaignMeasure(string Code, CampaignWord Name, CampaignWord Unit, IReadOnlyList<string> Stages);

/// <summary>A point of the plan.</summary>
/// <param name="By">Until the end of this day.</param>
/// <param name="Amount">Done by then, of the leading measure.</param>
public sealed record CampaignMilestone(DateOnly By, long Amount);

/// <summary>Which new cases near an item that is done say that it begins again.</summary>
/// <param name="Types">Codes of case types.</param>
/// <param name="Metres">Within this distance of the item's point.</param>
/// <param name="Days">
/// Reported within so many days after the day on which the item was done, or on that day after it was entered as done.
/// </param>
public sealed record RelapseRule(IReadOnlyList<string> Types, int Metres, int Days);
