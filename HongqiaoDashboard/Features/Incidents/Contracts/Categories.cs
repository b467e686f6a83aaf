namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>A responsibility category, for example 市容环境.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="IsSensitive">Cases are shown at the centre of their grid, and 重点人群 in counts only.</param>
/// <param name="CountsOnly">Cases appear in counts and in no list outside the case pages.</param>
/// <param name="Types">Its types.</param>
public sealed record IncidentCategory(string Code, string Name, string NameEn, bool IsSensitive, bool CountsOnly, IReadOnlyList<IncidentType> Types)
{
    /// <summary>Whether it has ended: cases keep it, new ones cannot have it.</summary>
    public bool Ended { get; init; }
}

/// <summary>A type of incident within a category; one service of Open311.</summary>
/// <param name="Code">Stable code, unique over all categories.</param>
/// <param name="Category">Its category's code.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Description">What belongs here, Chinese.</param>
/// <param name="DescriptionEn">What belongs here, English.</param>
/// <param name="Severity">Severity unless somebody judges otherwise.</param>
/// <param name="Department">Code of the department that usually handles it.</param>
/// <param name="Keywords">Search words.</param>
/// <param name="Attributes">Questions that a report answers, in their order.</param>
public sealed record IncidentType(
    string Code, string Category, string Name, string NameEn, string Description, string DescriptionEn, IncidentSeverity Severity,
    string Department, IReadOnlyList<string> Keywords, IReadOnlyList<IncidentAttribute> Attributes)
{
    /// <summary>Whether it has ended: cases keep it, new ones cannot have it.</summary>
    public bool Ended { get; init; }
    /// <summary>Photographs that a result must bring, at least; 0 for none.</summary>
    public int PhotosToResolve { get; init; }
    /// <summary>Whether programs that report it get the case's number later, against a token (<c>batch</c> of Open311).</summary>
    public bool AnswersByToken { get; init; }
    /// <summary>Questions that are asked no longer; the answers of cases still name them.</summary>
    public IReadOnlyList<IncidentAttribute> EndedAttributes { get; init; } = [];

    /// <summary>A question by its code, one that is asked no longer among them; or null.</summary>
    /// <param name="code">Code.</param>
    public IncidentAttribute? Attribute(string code) => Attributes.Concat(EndedAttributes).FirstOrDefault(attribute => attribute.Code == code);
}

/// <summary>A question that a report of a type answers, in the terms of Open311.</summary>
/// <param name="Code">Stable code within the type.</param>
/// <param name="Datatype"><c>string, number, datetime, text, singlevaluelist, multivaluelist</c>.</param>
/// <param name="Required">Whether a report without an answer is refused.</param>
/// <param name="Description">The question, Chinese.</param>
/// <param name="DescriptionEn">The question, English.</param>
/// <param name="Hint">What an answer looks like; may be empty.</param>
/// <param name="Values">Allowed answers of the list types.</param>
public sealed record IncidentAttribute(
    string Code, string Datatype, bool Required, string Description, string DescriptionEn, string Hint, IReadOnlyList<AttributeValue> Values)
{
    /// <summary>Answers that are allowed no longer; those of cases still name them.</summary>
    public IReadOnlyList<AttributeValue> EndedValues { get; init; } = [];

    /// <summary>An answer by its key, one that is allowed no longer among them; or null.</summary>
    /// <param name="key">Key.</param>
    public AttributeValue? Value(string key) => Values.Concat(EndedValues).FirstOrDefault(value => value.Key == key);
}

/// <summary>An allowed answer.</summary>
/// <param name="Key">What is sent.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record AttributeValue(string Key, string Name, string NameEn);

/// <summary>A department that can be dispatched.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record Department(string Code, string Name, string NameEn)
{
    /// <summary>Whether it has ended: cases keep it, no new one can be dispatched to it.</summary>
    public bool Ended { get; init; }
}

/// <summary>
/// The categories, types and departments, as the version in force says. Those that have ended are among them, marked: what
/// history names is found for ever, and whoever offers a choice leaves them out. Ask each time and keep nothing: another
/// version may come into force while the program runs.
/// </summary>
public interface IIncidentCatalog
{
    /// <summary>Categories in their order, ended ones among them.</summary>
    IReadOnlyList<IncidentCategory> Categories { get; }
    /// <summary>Departments in their order, ended ones among them.</summary>
    IReadOnlyList<Department> Departments { get; }
    /// <summary>A category by its code, or null.</summary>
    /// <param name="code">Code.</param>
    IncidentCategory? Category(string code);
    /// <summary>A type by its code, or null.</summary>
    /// <param name="code">Code.</param>
    IncidentType? Type(string code);
    /// <summary>A department by its code, or null.</summary>
    /// <param name="code">Code.</param>
    Department? Department(string code);

    /// <summary>A type that new cases may have, by its code: neither it nor its category has ended; otherwise null.</summary>
    /// <param name="code">Code.</param>
    IncidentType? TypeInForce(string code) =>
        Type(code) is { Ended: false } type && Category(type.Category) is not { Ended: true } ? type : null;

    /// <summary>Raised after another version came into force, on the writer's thread: return at once and do not throw.</summary>
    event Action? Changed { add { } remove { } }
}
