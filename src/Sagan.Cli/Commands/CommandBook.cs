using System.CommandLine;

namespace Sagan.Cli.Commands;

/// <summary>Every command, in the order in which the help shows them.</summary>
internal static class CommandBook
{
    private static readonly (string Name, Func<Command> Create)[] s_commands =
    [
        ("train", TrainCommand.Create),
        ("grow", GrowCommand.Create),
        ("sample", SampleCommand.Create),
        ("upscale", UpscaleCommand.Create),
        ("import", ImportCommand.Create),
        ("export", ExportCommand.Create),
        ("score", ScoreCommand.Create),
        ("evaluate", EvaluateCommand.Create),
        ("compare", CompareCommand.Create),
        ("curve", CurveCommand.Create),
        ("nearest", NearestCommand.Create),
        ("truncation", TruncationCommand.Create),
        ("morph", MorphCommand.Create),
        ("attention", AttentionCommand.Create),
        ("oracle", OracleCommand.Create),
        ("classifier", ClassifierCommand.Create),
        ("data", DataCommand.Create),
        ("plan", PlanCommand.Create),
        ("summary", SummaryCommand.Create),
        ("plot", PlotCommand.Create),
        ("recipes", RecipesCommand.Create),
        ("doctor", DoctorCommand.Create),
    ];

    /// <summary>The commands that a command line may mean: the one that it names, or all.</summary>
    internal static IEnumerable<Command> For(string[] arguments)
    {
        // Flags and their texts take time to make: whoever names a command does not wait for those of the others.
        (string Name, Func<Command> Create)[] named = [.. s_commands.Where(command => arguments is [string name, ..] && name == command.Name)];
        return (named is [] ? s_commands : named).Select(command => command.Create());
    }
}
