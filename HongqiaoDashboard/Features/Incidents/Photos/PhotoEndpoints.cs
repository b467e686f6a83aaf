using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Photos;

namespace HongqiaoDashboard.Features.Incidents.Photos;

/// <summary>The addresses of the cases' photographs.</summary>
internal static class PhotoEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapPhotos(this WebApplication app)
    {
        var photos = app.MapGroup("/incidents/{number}/photos");
        photos.MapPost("", UploadAsync).RequireAuthorization(Policies.WorkCases).WithRequestTimeout(PhotoAnswers.Longest);
        photos.MapGet("{hash}", (string number, string hash, HttpContext context, PhotoDesk desk) => ShowAsync(number, hash, PhotoFiles.Full, context, desk))
            .RequireAuthorization(Policies.ViewCases);
        photos.MapGet("{hash}/thumb", (string number, string hash, HttpContext context, PhotoDesk desk) => ShowAsync(number, hash, PhotoFiles.Thumbnail, context, desk))
            .RequireAuthorization(Policies.ViewCases);
    }

    private static Task<IResult> UploadAsync(string number, HttpContext context, PhotoDesk desk, CaseWords words, PhotoAnswers answers) =>
        Actor.From(context.User) is { } actor
            ? answers.TakeAsync(context, body => desk.TakeAsync(number, body, actor, context.RequestAborted), words.Sentence)
            : Task.FromResult(Results.Forbid());

    private static async Task<IResult> ShowAsync(string number, string hash, string suffix, HttpContext context, PhotoDesk desk) => PhotoAnswers.Show(
        context, hash, suffix, Actor.From(context.User) is { } actor ? await desk.OpenAsync(number, hash, suffix, actor, context.RequestAborted) : null);
}
