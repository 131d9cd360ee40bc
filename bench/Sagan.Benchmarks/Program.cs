using System.CommandLine;
using Sagan.Benchmarks.Commands;

return new RootCommand("Measures Sagan; bench/run compares the figures with PyTorch's.")
{
    OpsCommand.Create(),
    StepCommand.Create(),
    RateCommand.Create(),
    SampleFileCommand.Create(),
    SnapshotCommand.Create(),
    SampleCommand.Create(),
    LoadCommand.Create(),
    MetricCommand.Create(),
}.Parse(args).Invoke();
