using HongqiaoDashboard.Features.Grids.Domain;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Grids;

/// <summary>Puts faults into words.</summary>
internal static class GridFaultTexts
{
    /// <summary>The fault's sentence in the current language.</summary>
    public static string Describe(this IStringLocalizer<GridTexts> texts, GridFault fault) =>
        texts[fault.MessageKey, [.. fault.Arguments.Select(argument => argument is Enum member ? texts.Name(member) : argument)]];

    /// <summary>The name of a member of an enumeration in the current language.</summary>
    public static string Name(this IStringLocalizer<GridTexts> texts, Enum member) => texts[$"{member.GetType().Name}_{member}"];
}
