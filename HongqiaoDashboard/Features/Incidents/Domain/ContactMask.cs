using System.Globalization;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>What of a contact may be shown without a reason. The stars are always as many: lengths tell too.</summary>
internal static class ContactMask
{
    private const string Stars = "***";

    /// <summary>The whole name as it is written: Chinese family name first, others last.</summary>
    public static string? NameOf(ReporterContact contact)
    {
        var (family, given) = (contact.LastName?.Trim() ?? "", contact.FirstName?.Trim() ?? "");
        var name = family.Length > 0 && given.Length > 0 && family.Concat(given).All(c => c < 0x2E80) ? $"{given} {family}" : family + given;
        return name.Length == 0 ? null : name;
    }

    public static string? Name(ReporterContact contact) => NameOf(contact) is { } name ? First(name) + Stars : null;

    public static string? Phone(string? phone)
    {
        if (string.IsNullOrWhiteSpace(phone))
        {
            return null;
        }

        var digits = string.Concat(phone.Where(char.IsDigit));
        return digits.Length >= 7 ? digits[..3] + Stars + digits[^2..] : Stars;
    }

    public static string? Email(string? email)
    {
        if (string.IsNullOrWhiteSpace(email))
        {
            return null;
        }

        var at = email.LastIndexOf('@');
        return at < 0 ? Stars : (at > 1 ? First(email) : "") + Stars + email[at..];
    }

    private static string First(string text) => StringInfo.GetNextTextElement(text);
}
