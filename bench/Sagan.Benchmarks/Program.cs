using System.CommandLine;
using Sagan.Benchmarks.Commands;

return new RootCommand("Measures Sagan; bench/run compares the figures with PyTorch's.")
{
    OpsCommand.Create(),
    StepCommand.Create(),
    SampleFileCommand.Create(),
    MetricCommand.Create(),
}.Parse(args).Invoke();
