using HongqiaoDashboard.App;
using HongqiaoDashboard.Features.Access;
using HongqiaoDashboard.Features.Calendar;
using HongqiaoDashboard.Features.Campaigns;
using HongqiaoDashboard.Features.Demo;
using HongqiaoDashboard.Features.Grids;
using HongqiaoDashboard.Features.Incidents;
using HongqiaoDashboard.Features.Intake;
using HongqiaoDashboard.Features.Situation;
using HongqiaoDashboard.Features.Walls;
using HongqiaoDashboard.Platform.Backup;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;
using HongqiaoDashboard.Platform.Vault;
using HongqiaoDashboard.Platform.Web;

var verb = VerbHost.IsVerb(args);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = [DefaultEnvironment.Unwatched, .. VerbHost.ConfigurationOf(args)], ContentRootPath = AppContext.BaseDirectory, EnvironmentName = DefaultEnvironment.For(args),
});

builder.AddLogging(toStandardError: verb);
builder.AddPersistence();
builder.AddVault();
builder.AddBackup();
builder.AddIdentity();
builder.AddWebShell();
builder.AddJobs();
builder.AddPhotos();

builder.AddAccess();
builder.AddCalendar();
builder.AddGrids();
builder.AddIncidents();
builder.AddIntake();
builder.AddSituation();
builder.AddCampaigns();
builder.AddWalls();
builder.AddDemo();

var app = builder.Build();
if (args is not ["restore", ..] && RestoreStage.Hindrance(app.Services.GetRequiredService<DataDirectory>()) is { } hindrance)
{
    await Console.Error.WriteLineAsync(hindrance);
    return verb ? 1 : 3;
}

if (verb)
{
    return await VerbHost.RunAsync(app.Services, args);
}

using var held = DatabaseStartup.Open(app.Services);
if (held is null)
{
    await Console.Error.WriteLineAsync($"Another server is working on the data folder '{app.Services.GetRequiredService<DataDirectory>().Root}'; stop it first, or name another folder with --Data:Directory. 另一服务正在使用该数据目录，请先停止它或用 --Data:Directory 指定其他目录。");
    return 3;
}

app.UseWebShell();
app.MapAccess();
app.MapCalendar();
app.MapGrids();
app.MapIncidents();
app.MapIntake();
app.MapSituation();
app.MapCampaigns();
app.MapWalls();
app.MapPages<Root>();
await app.RunAsync();
return 0;
