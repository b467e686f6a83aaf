using System.Security.Claims;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HongqiaoDashboard.Tests.Platform.Identity;

/// <summary>Which role passes which policy, asked of the authorisation that the program itself puts in place.</summary>
public sealed class GrantsTests
{
    private const string Nobody = "somebody-new";

    // Read row by row: policy, then who passes.
    public static TheoryData<string, string[]> Matrix => new()
    {
        {
            Policies.ViewSituation,
            ["leader", "district-operator", "street-dispatcher", "community-operator", "department-handler", "grid-worker", "supervisor", "evaluator", "room-operator", "admin", "reader", "wall"]
        },
        { Policies.ViewCases, ["leader", "district-operator", "street-dispatcher", "community-operator", "department-handler", "grid-worker", "supervisor", "evaluator", "admin"] },
        { Policies.WorkCases, ["district-operator", "street-dispatcher", "community-operator", "department-handler", "grid-worker", "admin"] },
        { Policies.Administer, ["admin"] },
        {
            Policies.PublicIntake,
            ["leader", "district-operator", "street-dispatcher", "community-operator", "department-handler", "grid-worker", "supervisor", "evaluator", "room-operator", "admin", "reporter", "reader"]
        },
        {
            Policies.KeepOwnAccount,
            ["leader", "district-operator", "street-dispatcher", "community-operator", "department-handler", "grid-worker", "supervisor", "evaluator", "room-operator", "admin"]
        },
        { Policies.Observe, ["admin", "reader"] },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Policy_AskedByEveryRole_LetsInThoseOfTheMatrix(string policy, string[] allowed)
    {
        await using var services = Compose();
        var authorization = services.GetRequiredService<IAuthorizationService>();
        var passed = new List<string>();
        foreach (var role in (string[])[.. Slugs(typeof(Roles)), Nobody])
        {
            if (await authorization.ActorAsync(Person(role), policy) is not null)
            {
                passed.Add(role);
            }
        }

        Assert.Equal(allowed, passed);
        Assert.Null(await authorization.ActorAsync(new ClaimsPrincipal(new ClaimsIdentity()), policy));
    }

    [Fact]
    public void Policy_ThatExists_IsInTheMatrix() => Assert.Equal(Slugs(typeof(Policies)).Order(), Matrix.Select(row => row.Data.Item1).Order());

    private static IEnumerable<string> Slugs(Type names) => names.GetFields().Select(field => (string)field.GetRawConstantValue()!);

    private static ClaimsPrincipal Person(string role) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "7"), new Claim(ClaimTypes.Role, role)], "test"));

    private static ServiceProvider Compose()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddIdentity();
        return builder.Services.BuildServiceProvider();
    }
}
