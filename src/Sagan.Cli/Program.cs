using System.CommandLine;
using Sagan.Cli.Commands;
using Sagan.Cli.Console;

var root = new RootCommand("Sagan trains class-conditional image GANs (SNGAN with projection, SAGAN) and draws pictures with them.\n\nStart with: sagan train")
{
    TrainCommand.Create(),
    SampleCommand.Create(),
    ScoreCommand.Create(),
    DataCommand.Create(),
    RecipesCommand.Create(),
    DoctorCommand.Create(),
};

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
    return Failure.Usage(parsed);

// Commands register their own handling of Ctrl-C: the library's would kill a run that is still saving.
return parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null });
