using System.Runtime.CompilerServices;
using Bunit;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>How long a test waits for what must come: a ceiling for a busy machine, not a wait.</summary>
internal static class Patience
{
    [ModuleInitializer]
    internal static void Begin() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(60);
}
