namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>How much one caller may ask for; section <c>Access:Limits</c>. Each is 1 or more.</summary>
internal sealed class LimitOptions
{
    /// <summary>Requests a second of one identity, in the long run.</summary>
    public int CallsPerSecond { get; set; } = 200;

    /// <summary>Requests of one identity at once, before <see cref="CallsPerSecond"/> holds: a page with many photographs, a morning's batch of reports.</summary>
    public int CallsAtOnce { get; set; } = 2000;

    /// <summary>Requests a second from one address without an identity, in the long run: wrong keys and passwords among them.</summary>
    public int StrangerCallsPerSecond { get; set; } = 20;

    /// <summary>Requests from one address without an identity at once: an office behind one address in the morning.</summary>
    public int StrangerCallsAtOnce { get; set; } = 400;

    /// <summary>Calls a second of one hub connection, in the long run.</summary>
    public int HubCallsPerSecond { get; set; } = 20;

    /// <summary>Calls of one hub connection at once.</summary>
    public int HubCallsAtOnce { get; set; } = 200;

    /// <summary>Messages a second of one page's circuit, in the long run; more are read later, and none is refused.</summary>
    public int CircuitCallsPerSecond { get; set; } = 500;

    /// <summary>Messages of one page's circuit at once: a file of some megabytes comes in pieces of 20 KB.</summary>
    public int CircuitCallsAtOnce { get; set; } = 2000;

    /// <summary>Body of a request that states no limit of its own, KB.</summary>
    public int BodyKilobytes { get; set; } = 64;

    /// <summary>Connections of all callers together.</summary>
    public int Connections { get; set; } = 10_000;

    /// <summary>Seconds after which a request that states no time of its own is given up with 504. Circuits and hubs are no such requests.</summary>
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Whether each is 1 or more.</summary>
    public bool IsValid =>
        CallsPerSecond >= 1 && CallsAtOnce >= 1 && StrangerCallsPerSecond >= 1 && StrangerCallsAtOnce >= 1 && HubCallsPerSecond >= 1 && HubCallsAtOnce >= 1
        && CircuitCallsPerSecond >= 1 && CircuitCallsAtOnce >= 1 && BodyKilobytes >= 1 && Connections >= 1 && TimeoutSeconds >= 1;
}
