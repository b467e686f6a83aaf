using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Access.Keys;

/// <summary>
/// <c>-- key create|list|revoke</c>, also beside a running server, which knows a new key at once and a revoked one within a second.
/// Standard output of <c>create</c> is the key and nothing else, so that a script can take it.
/// </summary>
internal sealed class KeyVerb(IServiceProvider services, KeyDesk desk, IGridDirectory grids, IStringLocalizer<KeyTexts> texts) : IVerb
{
    public string Name => "key";

    public string Usage =>
        "key create --role ROLE [--scope GRID] [--department CODE] [--label TEXT] [--expires DATE] [--rate N] | key list | key revoke ID"
        + "    keys of programs / 接口密钥";

    public async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        if (KeyCall.Read(call.Arguments, grids.Current.TimeZone) is not { } asked)
        {
            await call.Error.WriteLineAsync(Usage);
            return VerbCall.WrongCall;
        }

        DatabaseStartup.EnsureReady(services);
        try
        {
            return await (asked switch
            {
                { New: { } key } => CreateAsync(call, key, cancellation),
                { Revoked: { } id } => RevokeAsync(call, id, cancellation),
                _ => ListAsync(call, cancellation),
            });
        }
        catch (RefusedException e)
        {
            await call.Error.WriteLineAsync(texts[e.Refusal.Code, e.Refusal.Arguments]);
        }
        catch (StorageUnavailableException e)
        {
            await call.Error.WriteLineAsync(texts["NotStored", e.Message]);
        }

        return 1;
    }

    private async Task<int> CreateAsync(VerbCall call, NewKey asked, CancellationToken cancellation)
    {
        var (row, key) = await desk.CreateAsync(asked, Actor.System, cancellation);
        await call.Output.WriteLineAsync(key);
        await call.Error.WriteLineAsync(texts["VerbCreated", row.Id]);
        return 0;
    }

    private async Task<int> RevokeAsync(VerbCall call, string id, CancellationToken cancellation)
    {
        var row = await desk.RevokeAsync(id, Actor.System, cancellation);
        await call.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{row.Id}\t{row.RevokedAt:O}"));
        return 0;
    }

    private async Task<int> ListAsync(VerbCall call, CancellationToken cancellation)
    {
        await call.Output.WriteLineAsync("id\trole\tscope\tdepartment\trate\tcreated\texpires\tlast used\trevoked\tlabel");
        foreach (var key in await desk.ListAsync(cancellation))
        {
            await call.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{key.Id}\t{key.Role}\t{key.ScopeCode}\t{key.Department}\t{key.RatePerMinute}\t{key.CreatedAt:O}\t{key.ExpiresAt:O}\t{key.LastUsedAt:O}\t{key.RevokedAt:O}\t{key.Label}"));
        }

        return 0;
    }
}

/// <summary>What was asked of the verb: one of the two, or the list.</summary>
internal sealed record KeyCall(NewKey? New, string? Revoked)
{
    private static readonly string[] Known = ["--role", "--scope", "--department", "--label", "--expires", "--rate"];

    /// <summary>Reads the arguments, <c>--name value</c> or <c>--name=value</c>; null when they are wrong.</summary>
    /// <param name="arguments">What follows the verb's name.</param>
    /// <param name="zone">Whose days expiry dates mean.</param>
    public static KeyCall? Read(IReadOnlyList<string> arguments, TimeZoneInfo zone) => arguments switch
    {
        ["list"] => new(null, null),
        ["revoke", { Length: > 0 } id] => new(null, id),
        ["create", ..] when Options([.. arguments.Skip(1)]) is { } named && Made(named, zone) is { } key => new(key, null),
        _ => null,
    };

    /// <summary>The instant from which on a key is refused that is to hold until the end of a day.</summary>
    /// <param name="day">The last day on which it holds.</param>
    /// <param name="zone">Whose day.</param>
    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static Dictionary<string, string>? Options(List<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            var parts = arguments[i].Split('=', 2);
            var value = parts.Length > 1 ? parts[1] : ++i < arguments.Count ? arguments[i] : "";
            if (!Known.Contains(parts[0]) || string.IsNullOrWhiteSpace(value) || !values.TryAdd(parts[0], value))
            {
                return null;
            }
        }

        return values;
    }

    private static NewKey? Made(Dictionary<string, string> named, TimeZoneInfo zone)
    {
        DateTimeOffset? expires = null;
        if (named.TryGetValue("--expires", out var written))
        {
            if (DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                expires = EndOf(day, zone);
            }
            else if (DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            {
                expires = instant.ToUniversalTime();
            }
            else
            {
                return null;
            }
        }

        var rate = NewKey.UsualRate;
        return !named.TryGetValue("--role", out var role) || (named.TryGetValue("--rate", out var asked) && !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out rate))
            ? null
            : new NewKey(role)
            {
                ScopeCode = named.GetValueOrDefault("--scope"), Department = named.GetValueOrDefault("--department"), Label = named.GetValueOrDefault("--label"),
                ExpiresAt = expires, RatePerMinute = rate,
            };
    }
}
