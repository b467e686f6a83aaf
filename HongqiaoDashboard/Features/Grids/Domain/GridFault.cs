namespace HongqiaoDashboard.Features.Grids.Domain;

/// <summary>
/// Something that is wrong with an edition file. The kind's name, after <c>Fault_</c>, is the key of its sentence in the
/// feature's resource file; the arguments fill its places, in order: numbers, text, or members of an enumeration, whose own
/// texts have the key <c>Type_Member</c>.
/// </summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Grid">The grid's code; <c>#n</c> for the n-th feature when it has none; null when it is about the file.</param>
/// <param name="Arguments">What the comment at the kind lists.</param>
internal sealed record GridFault(GridFaultKind Kind, string? Grid, params object[] Arguments)
{
    public string MessageKey => $"Fault_{Kind}";

    public override string ToString() => $"{Kind}({string.Join(", ", Arguments.Prepend(Grid ?? "file"))})";
}

/// <summary>The kinds of faults, each with its arguments in brackets. Areas are m², coordinates degrees.</summary>
internal enum GridFaultKind
{
    // The file.

    /// <summary>More than the limit [megabytes].</summary>
    FileTooLarge,

    /// <summary>Not JSON [line, column], both from 1.</summary>
    NotJson,

    /// <summary>JSON, but not a GeoJSON FeatureCollection with an array of features.</summary>
    NotFeatureCollection,

    /// <summary>A <c>crs</c> member names something else than WGS-84 or CGCS2000 in degrees [name].</summary>
    CrsUnknown,

    // The edition.

    /// <summary>No <c>edition</c> object.</summary>
    EditionMissing,

    /// <summary>No id, or one that is not 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit [id].</summary>
    EditionIdInvalid,

    /// <summary>An edition of that id is there already [id].</summary>
    EditionIdTaken,

    /// <summary>No name.</summary>
    EditionNameMissing,

    /// <summary>No date of the form yyyy-MM-dd [text].</summary>
    EffectiveFromInvalid,

    /// <summary>An imported edition takes effect on the same day [id of that edition].</summary>
    EffectiveFromTaken,

    /// <summary>No time zone, or one that is not known here [id].</summary>
    TimeZoneUnknown,

    /// <summary>The datum is not one of wgs84, gcj02 and bd09 [text].</summary>
    DatumUnknown,

    /// <summary>Editions of another district have been imported [its code, the code in this file].</summary>
    OtherDistrict,

    // One grid.

    /// <summary>The feature has no code.</summary>
    CodeMissing,

    /// <summary>The code does not consist of digits only.</summary>
    CodeNotDigits,

    /// <summary>The code's length does not fit the tier [digits there should be, digits there are].</summary>
    CodeLength,

    /// <summary>Several features have the code [how many].</summary>
    CodeDuplicate,

    /// <summary>No name.</summary>
    NameMissing,

    /// <summary>The tier is none of district, street, community, basic [text].</summary>
    TierUnknown,

    /// <summary>A grid below the district without a parent.</summary>
    ParentMissing,

    /// <summary>The district has a parent [code].</summary>
    ParentUnexpected,

    /// <summary>The parent is not in the file [code].</summary>
    ParentUnknown,

    /// <summary>The parent is not of the tier above [code, its tier].</summary>
    ParentTier,

    /// <summary>The code does not begin with the parent's [code].</summary>
    ParentPrefix,

    /// <summary>No grid is the district.</summary>
    DistrictMissing,

    /// <summary>Several grids are districts [how many].</summary>
    DistrictSeveral,

    /// <summary>A grid above the basic tier has nothing below it.</summary>
    ChildrenMissing,

    // Its shape.

    /// <summary>No geometry.</summary>
    GeometryMissing,

    /// <summary>Neither a polygon nor a multi-polygon [type].</summary>
    GeometryType,

    /// <summary>The geometry cannot be read [reason].</summary>
    GeometryUnreadable,

    /// <summary>The geometry has no area.</summary>
    GeometryEmpty,

    /// <summary>The geometry is not valid [reason, latitude, longitude].</summary>
    GeometryInvalid,

    /// <summary>A coordinate is not a finite number.</summary>
    CoordinateNotFinite,

    /// <summary>A coordinate is out of range [first number, second number].</summary>
    CoordinateOutOfRange,

    /// <summary>Out of range, and it looks like metres of a projected grid [first number, second number].</summary>
    CoordinateInMetres,

    /// <summary>Out of range, and it would fit with latitude and longitude swapped [first number, second number].</summary>
    CoordinateSwapped,

    /// <summary>Wider than half the globe: it crosses 180°, which is not supported.</summary>
    CrossesAntimeridian,

    // How the shapes fit together.

    /// <summary>Two grids with one parent overlap [the other's code, area, tolerance, latitude, longitude].</summary>
    Overlap,

    /// <summary>The grid's children leave a part of it uncovered [area, tolerance, latitude, longitude].</summary>
    Gap,

    /// <summary>The grid reaches beyond its parent [parent's code, area, tolerance, latitude, longitude].</summary>
    Protrusion,
}
