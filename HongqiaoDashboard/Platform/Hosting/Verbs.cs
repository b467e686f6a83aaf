namespace HongqiaoDashboard.Platform.Hosting;

/// <summary>
/// Something the program does from the command line in place of serving: <c>-- NAME ARGUMENTS</c>. Only the result goes
/// to standard output, everything else to standard error; a verb never starts the server.
/// </summary>
public interface IVerb
{
    /// <summary>What is typed, lower case.</summary>
    string Name { get; }

    /// <summary>One line for the help: arguments and what it does.</summary>
    string Usage { get; }

    /// <summary>Does it.</summary>
    /// <param name="call">Arguments and outputs.</param>
    /// <param name="cancellation">Set on Ctrl+C.</param>
    /// <returns>The process's exit code: 0 done, 1 done with findings or refused, 2 called wrongly.</returns>
    Task<int> RunAsync(VerbCall call, CancellationToken cancellation);
}

/// <summary>One call of a verb.</summary>
/// <param name="Arguments">What follows the verb's name, configuration switches taken out.</param>
/// <param name="Output">Standard output: the result and nothing else.</param>
/// <param name="Error">Standard error: everything else.</param>
public sealed record VerbCall(IReadOnlyList<string> Arguments, TextWriter Output, TextWriter Error)
{
    /// <summary>Exit code of a call with wrong arguments.</summary>
    public const int WrongCall = 2;
}

/// <summary>Finds the verb in the arguments and runs it.</summary>
internal static class VerbHost
{
    /// <summary>Registers a verb of a feature.</summary>
    /// <typeparam name="TVerb">The verb.</typeparam>
    /// <param name="services">The application's services.</param>
    public static IServiceCollection AddVerb<TVerb>(this IServiceCollection services) where TVerb : class, IVerb =>
        services.AddScoped<IVerb, TVerb>();

    /// <summary>True when the first argument is a word and not a configuration switch.</summary>
    /// <param name="arguments">The program's arguments.</param>
    public static bool IsVerb(string[] arguments) => arguments.Length > 0 && !arguments[0].StartsWith('-') && !arguments[0].Contains('=');

    /// <summary>Runs the verb that the arguments name.</summary>
    /// <param name="services">The composed application's services; nothing of it has been started.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, string[] arguments)
    {
        await using var scope = services.CreateAsyncScope();
        var verbs = scope.ServiceProvider.GetServices<IVerb>().OrderBy(v => v.Name, StringComparer.Ordinal).ToList();
        var verb = verbs.Find(v => v.Name == arguments[0]);
        if (verb is null)
        {
            await Console.Error.WriteLineAsync($"Unknown command '{arguments[0]}' / 未知命令。");
            foreach (var known in verbs)
            {
                await Console.Error.WriteLineAsync($"  {known.Usage}");
            }

            return VerbCall.WrongCall;
        }

        using var stop = new CancellationTokenSource();
        void OnInterrupt(object? sender, ConsoleCancelEventArgs e)
        {
            e.Cancel = true;
            stop.Cancel();
        }

        Console.CancelKeyPress += OnInterrupt;
        try
        {
            return await verb.RunAsync(new VerbCall([.. OwnOf(arguments)], Console.Out, Console.Error), stop.Token);
        }
        finally
        {
            Console.CancelKeyPress -= OnInterrupt;
        }
    }

    /// <summary>
    /// What of the arguments is configuration. A verb's own arguments must be kept from the configuration: it would take a
    /// path that begins with a slash for a switch, and what follows for its value.
    /// </summary>
    /// <param name="arguments">The program's arguments.</param>
    public static string[] ConfigurationOf(string[] arguments) =>
        IsVerb(arguments) ? [.. Sorted(arguments).Where(a => a.IsConfiguration).Select(a => a.Argument)] : arguments;

    private static IEnumerable<string> OwnOf(string[] arguments) => Sorted(arguments).Where(a => !a.IsConfiguration).Select(a => a.Argument);

    // `--Data:Directory=x` and `--Data:Directory x` are configuration: a colon marks them apart from a verb's own options.
    private static IEnumerable<(string Argument, bool IsConfiguration)> Sorted(string[] arguments)
    {
        var isValue = false;
        foreach (var argument in arguments.Skip(1))
        {
            var isSwitch = !isValue && argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains(':');
            yield return (argument, isSwitch || isValue);
            isValue = isSwitch && !argument.Contains('=');
        }
    }
}
