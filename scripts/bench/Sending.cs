using System.Text.Json;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Live;
using MessagePack;

namespace HongqiaoDashboard.Bench;

/// <summary>What a change costs on its way to walls.</summary>
internal static class Sending
{
    private const int Repetitions = 200;

    /// <summary>Measures and prints.</summary>
    /// <param name="folder">Where the data folder is made.</param>
    public static async Task RunAsync(string folder)
    {
        await using var app = House.Compose(Path.Combine(folder, "sending"));
        await House.SampleAsync(app);
        var edition = app.Services.GetRequiredService<IGridDirectory>().Current;
        var (before, after) = Pictures.From((await House.PictureAsync(app)).Current);
        var delta = SituationDelta.Between(before, after);
        Console.WriteLine($"Sending: {before.Heat.Count} cells of {edition.Id}, {delta.Heat.Count} of them changed ({100.0 * delta.Heat.Count / before.Heat.Count:0.0} %), {before.Stream.Count} cards, {before.Kpis.Count} figures");
        Size("JSON", value => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), SituationWire.Json).Length);
        Size("MessagePack", value => MessagePackSerializer.Serialize(value.GetType(), value, SituationWire.MessagePack).Length);

        void Size(string protocol, Func<object, int> bytes) =>
            Console.WriteLine($"  {protocol,-34}{bytes(before),12:N0} bytes snapshot (baseline){bytes(delta),10:N0} bytes delta {(double)bytes(delta) / bytes(before),8:0.000} of the baseline");

        var sending = await Rounds.MeasureAsync(
            ("write the snapshot (baseline)", Repeated(() => JsonSerializer.SerializeToUtf8Bytes(before, SituationWire.Json))),
            ("find and write the delta", Repeated(() => JsonSerializer.SerializeToUtf8Bytes(SituationDelta.Between(before, after), SituationWire.Json))));
        Rounds.Print(sending, time => $"{time.TotalMicroseconds / Repetitions,12:N0} µs", Rounds.OfTime, "of the baseline's time");
    }

    private static Func<Task> Repeated(Func<byte[]> work) => () =>
    {
        for (var i = 0; i < Repetitions; i++)
        {
            work();
        }

        return Task.CompletedTask;
    };
}
