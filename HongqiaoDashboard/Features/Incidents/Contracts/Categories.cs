namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>A responsibility category, for example 市容环境.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="IsSensitive">Cases are shown at the centre of their grid, and 重点人群 in counts only.</param>
/// <param name="CountsOnly">Cases appear in counts and in no list outside the case pages.</param>
/// <param name="Types">Its types.</param>
public sealed record IncidentCategory(string Code, string Name, string NameEn, bool IsSensitive, bool CountsOnly, IReadOnlyList<IncidentType> Types);

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
/// <param name="Attributes">Questions that a report answers.</param>
public sealed record IncidentType(
    string Code, string Category, string Name, string NameEn, string Description, string DescriptionEn, IncidentSeverity Severity,
    string Department, IReadOnlyList<string> Keywords, IReadOnlyList<IncidentAttribute> Attributes);

/// <summary>A question that a report of a type answers, in the terms of Open311.</summary>
/// <param name="Code">Stable code within the type.</param>
/// <param name="Datatype"><c>string, number, datetime, text, singlevaluelist, multivaluelist</c>.</param>
/// <param name="Required">Whether a report without an answer is refused.</param>
/// <param name="Description">The question, Chinese.</param>
/// <param name="DescriptionEn">The question, English.</param>
/// <param name="Hint">What an answer looks like; may be empty.</param>
/// <param name="Values">Allowed answers of the list types.</param>
public sealed record IncidentAttribute(
    string Code, string Datatype, bool Required, string Description, string DescriptionEn, string Hint, IReadOnlyList<AttributeValue> Values);

/// <summary>An allowed answer.</summary>
/// <param name="Key">What is sent.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record AttributeValue(string Key, string Name, string NameEn);

/// <summary>A department that can be dispatched.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record Department(string Code, string Name, string NameEn);

/// <summary>The categories, types and departments in force.</summary>
public interface IIncidentCatalog
{
    /// <summary>Categories in their order.</summary>
    IReadOnlyList<IncidentCategory> Categories { get; }
    /// <summary>Departments in their order.</summary>
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
}
