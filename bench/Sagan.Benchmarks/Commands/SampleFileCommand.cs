using System.CommandLine;

namespace Sagan.Benchmarks.Commands;

/// <summary><c>sample-file NAME FILE</c>: weights, inputs and what comes out, for the reference to compare itself with.</summary>
internal static class SampleFileCommand
{
    private static readonly Argument<string> s_name = Options.Case();
    private static readonly Argument<string> s_file = new("file") { Description = "The safetensors file to write." };
    private static readonly Option<int> s_batch = Options.Batch(4);

    internal static Command Create()
    {
        var command = new Command("sample-file", "Write weights, inputs, outputs and gradient norms to a file.") { s_name, s_file, s_batch };
        command.SetAction(arguments =>
        {
            Workload workload = WorkloadBook.Find(arguments.GetValue(s_name)!).WithBatch(arguments.GetValue(s_batch));
            new SampleFile(workload).Write(arguments.GetValue(s_file)!);
        });
        return command;
    }
}
