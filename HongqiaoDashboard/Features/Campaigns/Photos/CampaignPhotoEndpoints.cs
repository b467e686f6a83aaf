using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Photos;

namespace HongqiaoDashboard.Features.Campaigns.Photos;

/// <summary>The addresses of the photographs of items.</summary>
internal static class CampaignPhotoEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapCampaignPhotos(this WebApplication app)
    {
        var photos = app.MapGroup("/api/campaigns/{code}/items/{item}/photos");
        photos.MapPost("{moment:regex(^(before|after)$)}", UploadAsync).RequireAuthorization(Policies.WorkCases).WithRequestTimeout(PhotoAnswers.Longest);
        photos.MapGet("{hash}.jpg", (string code, string item, string hash, HttpContext context, CampaignPhotos desk) => ShowAsync(code, item, hash, PhotoFiles.Full, context, desk))
            .RequireAuthorization(Policies.ViewCases);
        photos.MapGet("{hash}/thumb", (string code, string item, string hash, HttpContext context, CampaignPhotos desk) => ShowAsync(code, item, hash, PhotoFiles.Thumbnail, context, desk))
            .RequireAuthorization(Policies.ViewCases);
    }

    private static Task<IResult> UploadAsync(string code, string item, string moment, DateOnly? taken, HttpContext context, ICampaignPhotos desk, CampaignWords words, PhotoAnswers answers)
    {
        if (Actor.From(context.User) is not { } actor)
        {
            return Task.FromResult(Results.Forbid());
        }

        var which = moment == CampaignPhotoRow.Of(PhotoMoment.Before) ? PhotoMoment.Before : PhotoMoment.After;
        return answers.TakeAsync(
            context,
            async body =>
            {
                try
                {
                    var photo = await desk.AddAsync(code, item, which, body, taken, actor, context.RequestAborted);
                    return new UploadedPhoto(photo.Hash, photo.Width, photo.Height);
                }
                catch (RefusedException refused) when (refused.Refusal.Code is "CampaignUnknown" or "ItemUnknown")
                {
                    // Like all that is not there, for whoever reads codes.
                    throw new RefusedException("NotFound", refused.Refusal);
                }
            },
            refusal => words.Of(refusal is { Code: "NotFound", Arguments: [Refusal reason] } ? reason : refusal));
    }

    private static async Task<IResult> ShowAsync(string code, string item, string hash, string suffix, HttpContext context, CampaignPhotos desk) => PhotoAnswers.Show(
        context, hash, suffix, Actor.From(context.User) is { } actor ? await desk.OpenAsync(code, item, hash, suffix, actor, context.RequestAborted) : null);
}
