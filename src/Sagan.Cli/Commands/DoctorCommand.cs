using System.CommandLine;
namespace Sagan.Cli.Commands;
internal static class DoctorCommand { internal static Command Create() => new("doctor", "wip"); }
