using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake.Keys;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>
/// Turns a posted form into a report, or tells everything that is wrong with it at once. Parameters that it does not know
/// are ignored, as the specification wants; unknown answers are refused, because they would be lost.
/// </summary>
internal sealed class ReportReading(IIncidentCatalog catalog, IGridDirectory grids)
{
    /// <summary>The way in that the cases carry.</summary>
    public const string Source = "open311";

    /// <summary>Longest description, UTF-16 units, as the specification's clients count.</summary>
    public const int LongestDescription = 4000;

    private const int LongestAddress = 500;
    private const int LongestName = 100;
    private const int LongestPhone = 40;
    private const int LongestEmail = 254;
    private const int LongestId = 200;

    /// <summary>Reads a form.</summary>
    /// <param name="fields">What was sent.</param>
    /// <param name="reporter">Fingerprint of the key.</param>
    /// <param name="idempotencyHeader">The header that marks repeats, or null.</param>
    /// <exception cref="Open311FaultException">Lists every fault.</exception>
    public ReportIncident Read(FormFields fields, string reporter, string? idempotencyHeader)
    {
        var edition = grids.Current;
        var type = TypeOf(fields);
        var faults = new List<Open311Fault>();
        faults.AddRange(fields.Repeated.Select(name => Open311Fault.BadCall("ParameterTwice", Open311Fault.Quote(name))));
        var point = ReadPoint(fields, edition, faults);
        var answers = AttributeAnswers.Read(type, fields, edition.TimeZone, faults);
        var report = new ReportIncident
        {
            Type = type.Code,
            Point = point,
            Source = Source,
            Reporter = reporter,
            Description = FormText.Read(fields, "description", LongestDescription, faults, lines: true) ?? "",
            Address = FormText.Read(fields, "address_string", LongestAddress, faults),
            MediaUrl = FormText.MediaUrl(fields, faults),
            Attributes = answers,
            Contact = Contact(fields, faults),
        };

        FormText.Read(fields, "account_id", LongestId, faults);
        var device = FormText.Read(fields, "device_id", LongestId, faults);
        if (idempotencyHeader is not null && !IdempotencyMark.IsValid(idempotencyHeader))
        {
            faults.Add(Open311Fault.BadCall("IdempotencyKeyWrong", IdempotencyMark.LongestHeader));
        }

        if (faults.Count > 0)
        {
            throw new Open311FaultException(faults);
        }

        var mark = idempotencyHeader is not null ? IdempotencyMark.OfHeader(reporter, idempotencyHeader)
            : device is not null ? IdempotencyMark.OfDevice(reporter, fields.All.Where(f => f.Name != Open311Call.KeyParameter))
            : null;
        return report with { IdempotencyKey = mark?.Key, IdempotencyWindow = mark?.Window };
    }

    private IncidentType TypeOf(FormFields fields)
    {
        if (!fields.TryGet("service_code", out var code))
        {
            throw Open311Fault.BadCall("ServiceCodeMissing").ToException();
        }

        var type = catalog.Type(code) ?? throw Open311Fault.Unknown("ServiceUnknown", Open311Fault.Quote(code)).ToException();
        return catalog.IsOffered(type)
            ? type
            : throw Open311Fault.Unknown("ServiceEnded", type.Code, new BothNames(type.Name, type.NameEn)).ToException();
    }

    private static GeoPoint ReadPoint(FormFields fields, GridEdition edition, List<Open311Fault> faults)
    {
        var before = faults.Count;
        var latitude = Coordinate(fields, "lat", faults);
        var longitude = Coordinate(fields, "long", faults);
        var datum = DatumOf(fields, faults);
        if (latitude is null && longitude is null && faults.Count == before)
        {
            var addressOnly = fields.TryGet("address_string", out _) || fields.TryGet("address_id", out _);
            faults.Add(Open311Fault.BadCall(addressOnly ? "AddressOnly" : "PointMissing"));
        }
        else if ((latitude is null || longitude is null) && faults.Count == before)
        {
            faults.Add(Open311Fault.BadCall("PointIncomplete", latitude is null ? "lat" : "long"));
        }

        if (latitude is null || longitude is null || datum is null)
        {
            return default;
        }

        var district = new BothNames(edition.Root.Name, edition.EnglishName);
        if (Placed(latitude.Value, longitude.Value, datum.Value, edition) is { } point)
        {
            return point;
        }

        faults.Add(Placed(longitude.Value, latitude.Value, datum.Value, edition) is not null
            ? Open311Fault.BadCall("PointSwapped", district)
            : !GeoPoint.TryCreate(latitude.Value, longitude.Value, out _)
                ? Open311Fault.BadCall("PointOutOfRange")
                : Open311Fault.BadCall("PointOutside", district));
        return default;
    }

    private static GeoPoint? Placed(double latitude, double longitude, GeoDatum datum, GridEdition edition) =>
        GeoPoint.TryCreate(latitude, longitude, out var raw) && Datums.ToWgs84(raw, datum) is var point && edition.TryLocate(point, out _)
            ? point
            : null;

    private static double? Coordinate(FormFields fields, string name, List<Open311Fault> faults)
    {
        if (!fields.TryGet(name, out var text) || string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        const NumberStyles plain = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign
            | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, plain, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        faults.Add(Open311Fault.BadCall("CoordinateWrong", name));
        return null;
    }

    private static GeoDatum? DatumOf(FormFields fields, List<Open311Fault> faults)
    {
        switch (fields["datum"]?.Trim().ToUpperInvariant())
        {
            case null or "" or "WGS84":
                return GeoDatum.Wgs84;
            case "GCJ02":
                return GeoDatum.Gcj02;
            case "BD09":
                return GeoDatum.Bd09;
            default:
                faults.Add(Open311Fault.BadCall("DatumUnknown"));
                return null;
        }
    }

    private static ReporterContact? Contact(FormFields fields, List<Open311Fault> faults)
    {
        var contact = new ReporterContact(
            FormText.Read(fields, "first_name", LongestName, faults),
            FormText.Read(fields, "last_name", LongestName, faults),
            FormText.Read(fields, "phone", LongestPhone, faults),
            FormText.Read(fields, "email", LongestEmail, faults));
        return contact == new ReporterContact(null, null, null, null) ? null : contact;
    }
}
