using System.CommandLine;
namespace Sagan.Cli.Commands;
internal static class DataCommand { internal static Command Create() => new("data", "wip"); }
