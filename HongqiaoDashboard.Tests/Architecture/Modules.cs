using ArchUnitNET.Domain;

namespace HongqiaoDashboard.Tests.Architecture;

/// <summary>Who may use whom. A feature that is not listed here may use no other feature.</summary>
internal static class Modules
{
    /// <summary>The features whose Contracts a feature may use.</summary>
    public static readonly Dictionary<string, string[]> FeatureEdges = new()
    {
        ["Access"] = ["Grids", "Incidents"],
        ["Calendar"] = ["Grids"],
        ["Campaigns"] = ["Grids", "Incidents", "Situation"],
        ["ControlRoom"] = ["Calendar"],
        ["Demo"] = ["Incidents", "Grids", "Calendar", "Campaigns"],
        ["Evaluation"] = ["Incidents", "Supervision", "Calendar", "Grids"],
        ["Grids"] = [],
        ["Incidents"] = ["Grids", "Calendar"],
        ["Intake"] = ["Incidents", "Grids"],
        ["Situation"] = ["Incidents", "Supervision", "Grids"],
        ["Supervision"] = ["Incidents", "Calendar"],
        ["TimeBank"] = ["Incidents"],
        ["Walls"] = ["Situation", "Incidents", "Grids", "Supervision", "Campaigns", "Evaluation", "TimeBank", "ControlRoom"],
    };

    /// <summary>The frames that pages name. They belong to App, and a test shows that they know no feature, so no arrow turns back.</summary>
    public static readonly string[] Frames = ["HongqiaoDashboard.App.Layout.WallLayout", "HongqiaoDashboard.App.Layout.PlainLayout"];

    private const string Product = "HongqiaoDashboard";

    /// <summary>Deliberate violations, which stand for types of the product in the tests of the rules themselves.</summary>
    public const string Fixture = "HongqiaoDashboard.Tests.Architecture.Violations";

    /// <summary>Place of a type below the product's namespace, for example <c>Features.Walls.Pages</c>; null for what is not ours.</summary>
    /// <param name="type">Any type.</param>
    public static string? PlaceOf(IType type)
    {
        var name = type.Namespace?.FullName ?? "";
        return Below(name, Fixture) ?? (Below(name, Product + ".Tests") is null ? Below(name, Product) : null);
    }

    /// <summary>Why one of our types may not use another type; null when it may.</summary>
    /// <param name="from">Place of the user.</param>
    /// <param name="to">Place of the used, null for what is not ours.</param>
    /// <param name="target">The used.</param>
    public static string? Objection(string from, string? to, IType target)
    {
        var (module, feature) = Split(from);
        if (to is null)
        {
            return module == "Kernel" && !IsBaseClassLibrary(target.Namespace?.FullName ?? "") ? "Kernel uses the base class library only" : null;
        }

        var (usedModule, usedFeature) = Split(to);
        return module switch
        {
            // Program and the root's _Imports compose everything, and so does App.
            "" or "App" => null,
            "Kernel" => usedModule == "Kernel" ? null : "Kernel uses nothing of ours",
            "Platform" => usedModule is "Kernel" or "Platform" ? null : "Platform uses Kernel only",
            "Ui" => usedModule is "Kernel" or "Ui" || IsIn(to, "Platform.Interop") ? null : "Ui uses Kernel and Platform.Interop only",
            "Features" when usedModule is "Kernel" or "Platform" or "Ui" || usedFeature == feature => null,
            "Features" when Frames.Contains(target.FullName) => null,
            "Features" when usedModule == "Features" => FeatureObjection(feature, usedFeature, to),
            _ => $"{module} may not use {usedModule}",
        };
    }

    /// <summary>Module and, for features, the feature's name.</summary>
    /// <param name="place">What <see cref="PlaceOf"/> gave.</param>
    public static (string Module, string Feature) Split(string place)
    {
        var parts = place.Split('.');
        return (parts[0], parts is ["Features", var feature, ..] ? feature : "");
    }

    private static string? FeatureObjection(string feature, string used, string to)
    {
        if (!FeatureEdges.GetValueOrDefault(feature, []).Contains(used))
        {
            return $"{feature} has no listed edge to {used}";
        }

        return IsIn(to, $"Features.{used}.Contracts") ? null : $"{feature} may use only the Contracts of {used}";
    }

    // Compiler services stand in Microsoft namespaces of the base class library.
    private static bool IsBaseClassLibrary(string target) =>
        target == "System" || target.StartsWith("System.", StringComparison.Ordinal) || target is "" or "Microsoft.CodeAnalysis";

    private static bool IsIn(string place, string folder) => place == folder || place.StartsWith(folder + ".", StringComparison.Ordinal);

    private static string? Below(string name, string root) =>
        name == root ? "" : name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..] : null;
}
