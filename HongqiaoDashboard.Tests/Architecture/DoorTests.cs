using System.Reflection;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Architecture;

/// <summary>There is no door without a lock: what is mapped states a policy, or stands on the reviewed list.</summary>
public sealed class DoorTests
{
    private const string PostedKey = "the key that lets a report in stands in the form, which the method reads and judges itself";

    // Open to everyone, each with its reason.
    private static readonly Dictionary<string, string> Open = new()
    {
        ["/health/live"] = "a supervisor asks without an account",
        ["/health/ready"] = "a wall waits for it before it reloads, and a supervisor asks it",
        ["/wall/pair/status"] = "a display that is not paired asks how it stands; it is told of itself alone, by its own cookie",
        ["/open311/v2/requests.json"] = PostedKey,
        ["/open311/v2/requests.xml"] = PostedKey,
        ["/open311/v2/servicerequestupdates.json"] = PostedKey,
        ["/open311/v2/servicerequestupdates.xml"] = PostedKey,
        ["{**path:file}"] = "the framework's way to a static file that no manifest names; files carry no data of anybody",
        ["/_framework/opaque-redirect"] = "the framework's answer to a redirect of enhanced navigation; it only repeats a protected address",
    };

    [Fact]
    public void Endpoint_OfTheRunningProgram_StatesAPolicyOrIsOnTheReviewedList()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-");
        try
        {
            using var program = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder.UseEnvironment("Production").UseSetting("Data:Directory", data.FullName));
            var endpoints = program.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct().ToList();
            Assert.Contains(endpoints, e => e.RoutePattern.RawText == "/hubs/situation");
            Assert.Contains(endpoints, e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null);
            Assert.Empty(endpoints.Where(e => !IsGuarded(e)).Select(e => e.RoutePattern.RawText).Distinct());
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public void Page_OfTheProgram_NamesAPolicyOrAllowsAnonymous()
    {
        var pages = Types().Where(type => type.GetCustomAttributes<RouteAttribute>().Any()).ToList();
        Assert.NotEmpty(pages);
        Assert.Empty(pages.Where(type => !NamesPolicy(type) && type.GetCustomAttribute<AllowAnonymousAttribute>(inherit: true) is null).Select(type => type.FullName));
    }

    [Fact]
    public void HubMethod_OfTheProgram_NamesAPolicy()
    {
        var hubs = Types().Where(type => type.IsSubclassOf(typeof(Hub)) && !type.IsAbstract).ToList();
        Assert.NotEmpty(hubs);
        Assert.Empty(hubs.Where(type => !NamesPolicy(type)).Select(type => type.FullName));
        var methods = hubs.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetBaseDefinition().DeclaringType == method.DeclaringType && !method.IsSpecialName);
        Assert.Empty(methods.Where(method => !NamesPolicy(method)).Select(method => $"{method.DeclaringType!.Name}.{method.Name}"));
    }

    [Fact]
    public void Policies_ThatAreNamed_Exist()
    {
        var known = typeof(Policies).GetFields().Select(field => (string?)field.GetRawConstantValue()).ToHashSet();
        var named = Types().SelectMany(type => type.GetCustomAttributes<AuthorizeAttribute>(inherit: true)
            .Concat(type.GetMethods().SelectMany(method => method.GetCustomAttributes<AuthorizeAttribute>(inherit: true)))).Select(a => a.Policy).Distinct();
        Assert.DoesNotContain(named, policy => policy is not null && !known.Contains(policy));
    }

    private static Type[] Types() => typeof(Policies).Assembly.GetTypes();

    private static bool NamesPolicy(MemberInfo member) => member.GetCustomAttributes<AuthorizeAttribute>(inherit: true).Any(a => a.Policy is not null);

    private static bool IsGuarded(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            // Static files carry no data of anybody; a page may be open only if its own class says so, which is reviewed there.
            return endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
                || endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is { } page && page.Type.GetCustomAttribute<AllowAnonymousAttribute>() is not null
                || Open.ContainsKey(endpoint.RoutePattern.RawText ?? "");
        }

        return endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Count > 0 || Open.ContainsKey(endpoint.RoutePattern.RawText ?? "");
    }
}
