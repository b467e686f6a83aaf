namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>
/// A slot on the page of a case: a feature that knows something of it registers one of these as a service and is shown
/// there. The component takes one parameter, <c>Number</c>, a string, and reads for itself with the actor of the page.
/// </summary>
public interface ICasePanel
{
    /// <summary>Place among the panels: lower comes first.</summary>
    int Order => 0;

    /// <summary>Heading, in the language of the current user.</summary>
    string Title { get; }

    /// <summary>Type of the component.</summary>
    Type Component { get; }
}
