using System.CommandLine;
namespace Sagan.Cli.Commands;
internal static class SampleCommand { internal static Command Create() => new("sample", "wip"); }
