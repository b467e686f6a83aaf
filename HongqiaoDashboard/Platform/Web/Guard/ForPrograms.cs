namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>
/// Marks endpoints that programs call with a key of their own, and that give refusals their own shape. A page of another site may
/// call them too, since it cannot do so in the name of whoever looks at it: cookies that come along are not read.
/// </summary>
internal sealed class ForPrograms;
