using System.Security.Cryptography;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>The word that lets a document's own inline scripts run (its import map is one) and nobody else's. Another one for each document.</summary>
internal static class ScriptNonce
{
    private const int Bytes = 16;
    private static readonly object Key = new();

    /// <summary>The nonce of a response; made when it is first asked for.</summary>
    /// <param name="context">The request for the document.</param>
    public static string Of(HttpContext context)
    {
        if (Find(context) is { } known)
        {
            return known;
        }

        var made = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        context.Items[Key] = made;
        return made;
    }

    /// <summary>The nonce, if the response has one.</summary>
    /// <param name="context">The request.</param>
    public static string? Find(HttpContext context) => context.Items.TryGetValue(Key, out var nonce) ? (string?)nonce : null;
}
