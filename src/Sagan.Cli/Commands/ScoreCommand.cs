using System.CommandLine;
namespace Sagan.Cli.Commands;
internal static class ScoreCommand { internal static Command Create() => new("score", "wip"); }
