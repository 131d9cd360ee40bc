using System.CommandLine;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Metrics;
using Sagan.Models;
using Sagan.Onnx;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Training;

namespace Sagan.Cli.Console;

/// <summary>What went wrong, in one line, and the exit code that stands for it.</summary>
internal static class Failure
{
    internal const int Failed = 1;
    internal const int UsageError = 2;
    internal const int Interrupted = 130;

    /// <summary>Runs a command's body; what users can cause becomes a line, anything else is a bug and keeps its trace.</summary>
    internal static int Guard(Func<int> body)
    {
        try
        {
            return body();
        }
        catch (Exception error) when (error is ConfigException or UsageException)
        {
            return Report(error.Message, UsageError);
        }
        catch (Exception error) when (error is DataException or ImageException or MissingLibraryException or RunException or ArrayFileException or OnnxException
            or MetricException or TorchException or TorchNotFoundException or NonFiniteException or IOException or UnauthorizedAccessException)
        {
            return Report(error.Message, Failed);
        }
        catch (OperationCanceledException)
        {
            return Report("interrupted", Interrupted);
        }
    }

    /// <summary>Reports what the parser did not understand.</summary>
    internal static int Usage(ParseResult parsed)
    {
        // The last error is the most specific: an unknown command is also reported as one that is required and not there.
        string problem = parsed.Errors[^1].Message.TrimEnd('.');
        return Report($"{problem}; `sagan {CommandPath(parsed)}--help` tells what can be written here", UsageError);
    }

    private static int Report(string message, int code)
    {
        System.Console.Error.WriteLine($"sagan: {message.ReplaceLineEndings(" ")}");
        return code;
    }

    private static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command?.Parent is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, command.Command.Name);
        return names.Count == 0 ? "" : string.Join(' ', names) + " ";
    }
}

/// <summary>Flags that do not go together, or a value that cannot be: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
