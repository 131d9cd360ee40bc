using System.CommandLine;
using Sagan.Cli.Commands;
using Sagan.Cli.Console;

// Not a RootCommand: that takes its name, which the help shows, from the file that runs.
var root = new TaughtCommand(
    "sagan", "Train class-conditional image GANs (SNGAN with projection, SAGAN, BigGAN, …) and draw pictures with them.",
    "sagan train                                   learn the built-in pictures, in minutes",
    "sagan train sagan-64 --data pictures/         learn yours, from a folder of class folders",
    "sagan sample runs/00000-tiny-toybox-b16 --grid");
foreach (Command command in CommandBook.For(args))
    root.Add(command);
root.Add(TaughtCommand.Help());
root.Add(new VersionOption());

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
    return Failure.Usage(parsed);

// Commands register their own handling of Ctrl-C: the library's would kill a run that is still saving.
return parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null });
