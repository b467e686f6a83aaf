using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>How far an account sees, in words.</summary>
internal sealed class AccountPlaces(IGridDirectory grids, IIncidentCatalog catalog, IStringLocalizer<AccountTexts> text)
{
    /// <summary>Names of grid and department.</summary>
    /// <param name="scope">Grid code, or null.</param>
    /// <param name="department">Department code, or null.</param>
    public string Describe(string? scope, string? department)
    {
        var grid = scope is null ? null : grids.Current.Find(scope)?.Name ?? scope;
        var called = department is null ? null : NameOf(department);
        return (grid, called) switch
        {
            (null, null) => text["ScopeEverything"],
            (null, _) => called!,
            (_, null) => grid,
            _ => $"{called} · {grid}",
        };
    }

    /// <summary>A department's name in the current language; its code when it is unknown.</summary>
    public string NameOf(string department) =>
        catalog.Department(department) is { } known ? CultureInfo.CurrentUICulture.Name == "en" ? known.NameEn : known.Name : department;
}
