using System.CommandLine;
using Sagan.Tensors;

namespace Sagan.Benchmarks.Commands;

/// <summary><c>sample-file NAME FILE</c>: weights, inputs and what comes out, for the reference to compare itself with.</summary>
internal static class SampleFileCommand
{
    private static readonly Argument<string> s_name = Options.Case();
    private static readonly Argument<string> s_file = new("file") { Description = "The safetensors file to write." };
    private static readonly Option<int> s_batch = Options.Batch(4);
    private static readonly Option<bool> s_double = new("--double") { Description = "In double precision." };

    internal static Command Create()
    {
        var command = new Command("sample-file", "Write weights, inputs, outputs and gradient norms to a file.") { s_name, s_file, s_batch, s_double };
        command.SetAction(arguments =>
        {
            Workload workload = WorkloadBook.Find(arguments.GetValue(s_name)!).WithBatch(arguments.GetValue(s_batch));
            new SampleFile(workload, arguments.GetValue(s_double) ? DType.Float64 : DType.Float32).Write(arguments.GetValue(s_file)!);
        });
        return command;
    }
}
