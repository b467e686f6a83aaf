using System.Globalization;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Section <c>Intake:Open311</c>: how the interface presents itself.</summary>
internal sealed class Open311Options
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Intake:Open311";

    /// <summary>The jurisdiction that a caller may name.</summary>
    public string JurisdictionId { get; set; } = "hongqiao.tianjin.cn";

    /// <summary>Whom to ask about the interface, in words.</summary>
    public string Contact { get; set; } = "红桥区网格化管理服务中心 / Hongqiao District Grid Management Service Centre";

    /// <summary>How to get a key, in words or as an address.</summary>
    public string KeyService { get; set; } = "向平台管理员申请密钥 / ask the platform's administrator for a key";

    /// <summary>Address of <c>/open311/v2</c> as callers see it; null to repeat the one that they used.</summary>
    public string? PublicUrl { get; set; }

    /// <summary><c>production</c> or <c>test</c>; null for what the hosting environment is.</summary>
    public string? EndpointType { get; set; }

    /// <summary>When the interface last changed in a way that clients must know, W3C.</summary>
    public string Changeset { get; set; } = "2026-11-23T00:00:00+08:00";

    /// <summary>Collects every fault of the section.</summary>
    internal sealed class Validator : IValidateOptions<Open311Options>
    {
        public ValidateOptionsResult Validate(string? name, Open311Options options)
        {
            var faults = Faults(options).ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }

        private static IEnumerable<string> Faults(Open311Options options)
        {
            if (string.IsNullOrWhiteSpace(options.JurisdictionId))
            {
                yield return $"{Section}:JurisdictionId must not be empty: callers that name a jurisdiction are checked against it.";
            }

            if (options.PublicUrl is { } url && (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
            {
                yield return $"{Section}:PublicUrl must be an absolute http or https address, but is '{url}'.";
            }

            if (options.EndpointType is not (null or "production" or "test"))
            {
                yield return $"{Section}:EndpointType must be 'production' or 'test', but is '{options.EndpointType}'.";
            }

            if (!DateTimeOffset.TryParse(options.Changeset, CultureInfo.InvariantCulture, out _))
            {
                yield return $"{Section}:Changeset must be a date and time with its offset, but is '{options.Changeset}'.";
            }
        }
    }
}
