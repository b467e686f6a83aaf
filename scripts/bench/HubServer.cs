using HongqiaoDashboard.Features.Situation;
using HongqiaoDashboard.Features.Situation.Live;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web;
using HongqiaoDashboard.Soak;

namespace HongqiaoDashboard.Bench;

/// <summary>
/// The program's own hub with all that stands before it, fed with pictures that are ready: what follows the log is left out, so
/// that what is counted is the way from a picture to the clients.
/// </summary>
internal static class HubServer
{
    /// <summary>Serves.</summary>
    /// <param name="data">Data folder.</param>
    /// <param name="pictures">File of the pictures.</param>
    public static async Task RunAsync(string data, string pictures)
    {
        var builder = House.Builder(data, "--urls=http://127.0.0.1:0");
        // Its own thread would feed pictures beside ours.
        builder.Services.Remove(builder.Services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(SituationProjection)));
        OpenDoor.Add(builder.Services);
        await using var app = House.Build(builder);
        app.UseWebShell();
        app.MapSituation();
        await app.StartAsync();

        var (fed, made) = (Pictures.Load(pictures), 0);
        using var kept = await House.PictureAsync(app);
        var projection = app.Services.GetRequiredService<SituationProjection>();
        var asking = projection.FeedAsync(null, Actor.System, CancellationToken.None);
        projection.Step();
        var feed = await asking;
        var epoch = feed.Current.Epoch;
        await Serving.ObeyAsync(app, Feed, projection.Step);

        Task Feed()
        {
            var picture = fed.At(made++, epoch);
            feed.Publish(picture, picture.AsOf);
            return Task.CompletedTask;
        }
    }
}
