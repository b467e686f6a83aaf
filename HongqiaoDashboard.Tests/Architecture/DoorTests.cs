using System.Reflection;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web.Guard;
using HongqiaoDashboard.Tests.Architecture.Violations;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.StaticAssets;

namespace HongqiaoDashboard.Tests.Architecture;

/// <summary>There is no door without a lock: what the running program has mapped names a policy, or stands on a reviewed list with its reason.</summary>
[Collection(ProgramCollection.Name)]
public sealed class DoorTests(RunningProgram program)
{
    // Open to everyone.
    private static readonly Dictionary<string, string> Open = new()
    {
        ["/health/live"] = "a supervisor asks without an account",
        ["/health/ready"] = "a wall waits for it before it reloads, and a supervisor asks it",
        ["/culture"] = "whoever signs in chooses the language first",
        ["/theme"] = "as the language",
        ["/account/sign-out"] = "signing out needs nothing but a form of this program",
        ["/account/trial"] = "a demo's roles; it asks by itself for the demo, for loopback and for a form of this program",
        ["/account/sign-in"] = "where people say who they are",
        ["/account/second-factor"] = "the same, by a code",
        ["/account/first"] = "makes the first administrator, for whoever has the program's single-use link",
        ["/account/join"] = "chooses a password, for whoever has an invitation",
        ["/account/leave"] = "the form to sign out with",
        ["/not-found"] = "says that there is nothing",
        ["/wall/pair"] = "shows the code by which a display is paired",
        ["/wall/refused"] = "says that a display was not given this board",
        ["/wall/pair/status"] = "a display that is not paired asks how it stands; it is told of itself alone, by its own cookie",
    };

    // Name no policy and are shut to whoever is not signed in.
    private static readonly Dictionary<string, string> Framework = new()
    {
        ["{**path:file}"] = "the framework's way to a static file that no manifest names; files carry no data of anybody",
    };

    // Take what changes something without a form's token.
    private static readonly Dictionary<string, string> WithoutToken = new()
    {
        ["/incidents/{number}/photos/"] = "asks for the token itself, in a header: its body is a photograph (PhotoAnswers)",
        ["/api/campaigns/{code}/items/{item}/photos/{moment:regex(^(before|after)$)}"] = "the same",
        ["/hubs/situation"] = "the hub's own messages, where there are no sockets; pages of other sites are turned away by CrossSite",
        ["/hubs/situation/negotiate"] = "the same",
        ["/_blazor"] = "the same, of circuits",
        ["/_blazor/negotiate"] = "the same",
        ["/_blazor/disconnect/"] = "the same",
        ["/_blazor/initializers/"] = "only answers, by whatever method",
        ["/metrics"] = "the same",
        ["/health/live"] = "the same",
        ["/health/ready"] = "the same",
        ["/_framework/opaque-redirect"] = "repeats an address that the server has sealed",
    };

    [Fact]
    public void Endpoint_OfTheRunningProgram_NamesAKnownPolicyOrIsOnTheReviewedList()
    {
        Assert.Contains(program.Endpoints, e => e.RoutePattern.RawText == "/hubs/situation");
        Assert.Contains(program.Endpoints, e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null);
        Assert.Empty(program.Endpoints.Where(e => !IsGuarded(e.RoutePattern.RawText ?? "", e.Metadata)).Select(e => e.RoutePattern.RawText).Distinct());
        Assert.Empty(Open.Keys.Concat(Framework.Keys).Except(program.Endpoints.Select(e => e.RoutePattern.RawText)));
    }

    [Fact]
    public void Endpoint_ThatTakesWhatChangesSomething_AsksForATokenOrIsOnTheReviewedList()
    {
        var taking = program.Endpoints.Where(Acts).ToList();
        Assert.Contains(taking, e => e.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation == true);
        // Programs act by the key that they show, and by nothing that a browser adds.
        var open = taking.Where(e => e.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation != true && e.Metadata.GetMetadata<ForPrograms>() is null);
        Assert.Empty(open.Select(e => e.RoutePattern.RawText ?? "").Distinct().Except(WithoutToken.Keys));
    }

    [Fact]
    public void Page_OfTheProgram_NamesAKnownPolicyItself()
    {
        var pages = Types().Where(type => type.GetCustomAttributes<RouteAttribute>().Any()).ToList();
        Assert.NotEmpty(pages);
        Assert.Empty(pages.Where(type => !IsGuardedPage(type)).Select(type => type.FullName));
    }

    [Fact]
    public void HubMethod_OfTheProgram_NamesAKnownPolicyItself()
    {
        var hubs = Types().Where(type => type.IsSubclassOf(typeof(Hub)) && !type.IsAbstract).ToList();
        Assert.NotEmpty(hubs);
        Assert.Empty(hubs.SelectMany(UnguardedMethods));
    }

    [Fact]
    public void Rules_ObjectTo_WhatTheFixtureDoesWrong()
    {
        Assert.False(IsGuarded("/x", new EndpointMetadataCollection(new AuthorizeAttribute())));
        Assert.False(IsGuarded("/x", new EndpointMetadataCollection(new AuthorizeAttribute("Unheard-of"))));
        Assert.False(IsGuarded("/x", new EndpointMetadataCollection()));
        Assert.False(IsGuarded("/x", new EndpointMetadataCollection(new AuthorizeAttribute(Policies.Administer), new AllowAnonymousAttribute())));
        Assert.False(IsGuardedPage(typeof(PageWithoutAPolicy)));
        Assert.False(IsGuardedPage(typeof(PageThatIsOpen)));
        Assert.Equal(["HubWithAnOpenMethod.Open", "HubWithAnOpenMethod.Misspelt"], UnguardedMethods(typeof(HubWithAnOpenMethod)));
    }

    private static Type[] Types() => typeof(Policies).Assembly.GetTypes();

    private static bool NamesPolicy(IEnumerable<IAuthorizeData> stated) => stated.Any(a => a.Policy is { } policy && Grants.Known.Contains(policy));

    private static bool NamesPolicy(MemberInfo member) => NamesPolicy(member.GetCustomAttributes<AuthorizeAttribute>(inherit: true));

    private static bool IsGuarded(string route, EndpointMetadataCollection metadata) => metadata.GetMetadata<IAllowAnonymous>() is not null
        // Over Open311, reading needs no key and shows only what everyone may know; what a key may is judged by each call.
        ? metadata.GetMetadata<StaticAssetDescriptor>() is not null || Open.ContainsKey(route) || route.StartsWith("/open311/", StringComparison.Ordinal)
        : NamesPolicy(metadata.GetOrderedMetadata<IAuthorizeData>()) || Framework.ContainsKey(route);

    private static bool IsGuardedPage(Type page) => page.GetCustomAttribute<AllowAnonymousAttribute>(inherit: true) is null
        ? NamesPolicy(page)
        : page.GetCustomAttributes<RouteAttribute>().All(route => Open.ContainsKey(route.Template));

    private static IEnumerable<string> UnguardedMethods(Type hub) => hub
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method.GetBaseDefinition().DeclaringType == method.DeclaringType && !method.IsSpecialName && !NamesPolicy(method))
        .Select(method => $"{hub.Name}.{method.Name}");

    // An endpoint that names no methods takes all of them.
    private static bool Acts(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Any(method => method is not ("GET" or "HEAD" or "OPTIONS"));
}
