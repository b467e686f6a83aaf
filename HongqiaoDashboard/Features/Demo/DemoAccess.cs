using HongqiaoDashboard.Platform.Identity;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Demo;

/// <summary>Lets newcomers try every role, while the demo runs on a folder of its own.</summary>
internal sealed class DemoAccess(IOptions<DemoOptions> options, DemoNotice notice) : ITrialAccess
{
    public bool IsOffered => options.Value.Enabled && notice.IsShown;
}
