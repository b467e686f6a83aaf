using QRCoder;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>An authenticator's key as applications read it.</summary>
internal static class AuthenticatorLink
{
    private const int PixelsAModule = 6;
    private const int LettersAGroup = 4;

    /// <summary>A QR code of the key, as the address of a picture.</summary>
    /// <param name="key">The key, base32.</param>
    /// <param name="userName">Whose it is.</param>
    /// <param name="issuer">What the application is to call this program.</param>
    public static string Picture(string key, string userName, string issuer)
    {
        using var data = QRCodeGenerator.GenerateQrCode(Address(key, userName, issuer), QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(code.GetGraphic(PixelsAModule));
    }

    /// <summary>The key's address, by the key URI format of authenticators.</summary>
    public static string Address(string key, string userName, string issuer)
    {
        var (by, who) = (Uri.EscapeDataString(issuer), Uri.EscapeDataString(userName));
        return $"otpauth://totp/{by}:{who}?secret={key}&issuer={by}&digits=6";
    }

    /// <summary>The key in groups, for whoever types it.</summary>
    public static string Spaced(string key) => string.Join(' ', key.Chunk(LettersAGroup).Select(letters => new string(letters).ToLowerInvariant()));
}
