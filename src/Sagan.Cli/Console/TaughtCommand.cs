using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sagan.Cli.Console;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class TaughtCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>The flag that shows help, for the root: it serves all commands below.</summary>
    internal static HelpOption Help()
    {
        var option = new HelpOption();
        option.Action = new HelpAndExamples((HelpAction)option.Action!);
        return option;
    }

    private string[] Examples => examples;

    private sealed class HelpAndExamples(HelpAction help) : SynchronousCommandLineAction
    {
        // Who asks for help need not have written a whole command.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parsed)
        {
            int code = help.Invoke(parsed);
            if (parsed.CommandResult.Command is not TaughtCommand command)
                return code;

            TextWriter output = parsed.InvocationConfiguration.Output;
            output.WriteLine(command.Examples.Length == 1 ? "Example:" : "Examples:");
            foreach (string example in command.Examples)
                output.WriteLine("  " + example);
            output.WriteLine();
            return code;
        }
    }
}
