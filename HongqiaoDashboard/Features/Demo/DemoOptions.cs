using System.Globalization;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Demo;

/// <summary>Section <c>Demo</c>.</summary>
internal sealed class DemoOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Demo";

    /// <summary>Highest speed.</summary>
    public const double Fastest = 10_000;

    /// <summary>Whether an empty data folder is filled with made-up cases, and more of them follow.</summary>
    public bool Enabled { get; set; }

    /// <summary>The same seed makes the same history.</summary>
    public int Seed { get; set; } = 2018;

    /// <summary>How many times as many live cases as a real district has; 0 for none.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>Collects every fault of the section.</summary>
    internal sealed class Validator : IValidateOptions<DemoOptions>
    {
        public ValidateOptionsResult Validate(string? name, DemoOptions options) => options.Speed is >= 0 and <= Fastest
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(string.Create(CultureInfo.InvariantCulture, $"{Section}:Speed must be from 0 (no live cases) to {Fastest}, but is {options.Speed}."));
    }
}
