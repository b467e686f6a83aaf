using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.Architecture.Violations.Features.Walls;

namespace HongqiaoDashboard.Tests.Architecture;

/// <summary>The arrows between the parts of the program, read from the compiled code.</summary>
public sealed class DependencyTests
{
    private static readonly Lazy<ArchUnitNET.Domain.Architecture> Product = new(() => new ArchLoader().LoadAssemblies(typeof(IWriteLane).Assembly).Build());

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> WithFixture =
        new(() => new ArchLoader().LoadAssemblies(typeof(IWriteLane).Assembly, typeof(UsesAnUnlistedFeature).Assembly).Build());

    public static TheoryData<string> Parts =>
        ["App", "Kernel", "Platform", "Ui", .. FeatureFolders().Select(feature => "Features." + feature)];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Part_UsesOnly_WhatIsListedForIt(string part)
    {
        var types = Types(Product.Value, place => place == part || place.StartsWith(part + ".", StringComparison.Ordinal));
        Assert.NotEmpty(types);
        var objections = types.SelectMany(Objections).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(objections.Count == 0, string.Join('\n', objections));
    }

    [Fact]
    public void Rules_CoverEveryType_OfTheProgram()
    {
        var modules = Types(Product.Value, _ => true).Select(type => Modules.Split(Modules.PlaceOf(type)!).Module).Distinct();
        Assert.Empty(modules.Except(["", "App", "Kernel", "Platform", "Ui", "Features"]));
    }

    [Fact]
    public void Features_AllHave_TheirListOfEdges() => Assert.Empty(FeatureFolders().Except(Modules.FeatureEdges.Keys));

    [Fact]
    public void ListedEdges_HaveNo_Cycle()
    {
        var left = new Dictionary<string, string[]>(Modules.FeatureEdges);
        while (left.Keys.FirstOrDefault(feature => !left[feature].Any(left.ContainsKey)) is { } free)
        {
            left.Remove(free);
        }

        Assert.Empty(left);
    }

    [Fact]
    public void Frames_ThatPagesName_KnowNoFeature()
    {
        var frames = Product.Value.Types.Where(type => Modules.Frames.Contains(type.FullName)).ToList();
        Assert.Equal(Modules.Frames.Length, frames.Count);
        Assert.DoesNotContain(frames.SelectMany(type => type.Dependencies), d => Modules.PlaceOf(d.Target)?.StartsWith("Features.", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Context_IsTouchedOutsidePlatform_OnlyByConfigurationsAndHoldersOfThePen()
    {
        var users = Types(Product.Value, place => Modules.Split(place).Module is not "Platform").Where(TouchesContext).ToList();
        Assert.NotEmpty(users);
        Assert.Empty(users.Where(type => ContextObjection(type) is not null).Select(type => type.FullName));
    }

    [Theory]
    [InlineData("Kernel.UsesAPackage", "Kernel uses the base class library only")]
    [InlineData("Platform.UsesAFeature", "Platform uses Kernel only")]
    [InlineData("Ui.UsesPersistence", "Ui uses Kernel and Platform.Interop only")]
    [InlineData("Features.Walls.UsesAnUnlistedFeature", "Walls has no listed edge to Calendar")]
    [InlineData("Features.Walls.UsesWhatIsNotAContract", "Walls may use only the Contracts of Situation")]
    public void Rule_MeetingADeliberateViolation_Objects(string fixture, string objection)
    {
        var type = Assert.Single(WithFixture.Value.Types, type => type.FullName == $"{Modules.Fixture}.{fixture}");
        Assert.Contains(Objections(type), found => found.EndsWith(objection, StringComparison.Ordinal));
    }

    [Fact]
    public void ContextRule_MeetingADeliberateViolation_Objects()
    {
        var type = Assert.Single(WithFixture.Value.Types, type => type.FullName == typeof(UsesTheContextFactory).FullName);
        Assert.NotNull(ContextObjection(type));
    }

    private static IEnumerable<string> FeatureFolders() =>
        Directory.GetDirectories(TestKit.Repository.File("HongqiaoDashboard", "Features")).Select(path => Path.GetFileName(path)!);

    private static List<IType> Types(ArchUnitNET.Domain.Architecture architecture, Func<string, bool> wanted) =>
        [.. architecture.Types.Where(type => Modules.PlaceOf(type) is { } place && wanted(place))];

    private static IEnumerable<string> Objections(IType type) =>
        from dependency in type.Dependencies
        let objection = Modules.Objection(Modules.PlaceOf(type)!, Modules.PlaceOf(dependency.Target), dependency.Target)
        where objection is not null
        select $"{type.FullName} -> {dependency.Target.FullName}: {objection}";

    private static bool TouchesContext(IType type) =>
        type.Dependencies.Any(d => d.Target.FullName.StartsWith(typeof(AppDbContext).FullName!, StringComparison.Ordinal)
            || d.Target.FullName.StartsWith("Microsoft.EntityFrameworkCore.IDbContextFactory", StringComparison.Ordinal));

    // A configuration only describes tables, a seed is handed the database before anybody works on it, and whoever has the
    // write session got its context together with the pen.
    private static string? ContextObjection(IType type)
    {
        var factory = type.Dependencies.Any(d => d.Target.FullName.StartsWith("Microsoft.EntityFrameworkCore.IDbContextFactory", StringComparison.Ordinal));
        var configuration = type.Dependencies.Any(d => d.Target.FullName.StartsWith("Microsoft.EntityFrameworkCore.IEntityTypeConfiguration", StringComparison.Ordinal));
        var pen = type.Dependencies.Any(d => d.Target.FullName == typeof(WriteSession).FullName);
        var seed = type.Dependencies.Any(d => d.Target.FullName == typeof(IDatabaseSeed).FullName);
        return !factory && (configuration || seed || pen) ? null : $"{type.FullName} reaches for the database around the read door and the write lane";
    }
}
