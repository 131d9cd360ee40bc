using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Exchange;
using Sagan.Onnx;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan export</c>.</summary>
internal static class ExportCommand
{
    private const string OwnNames = "sagan";

    private static readonly Argument<string> s_network = NetworkFile.Argument();

    private static readonly Option<string> s_to = new("--to")
    {
        Description = $"The kind of file: {string.Join(", ", EnumName.All<ExportFormat>())}. torch.load reads pth, numpy.load npz, ONNX Runtime onnx.",
        Required = true,
    };

    private static readonly Option<string?> s_part = new("--part")
    {
        Description = $"What to export: {string.Join(", ", EnumName.All<SnapshotPart>())}. Default: the average where there is one, else the generator.",
    };

    private static readonly Option<string> s_names = new("--names")
    {
        Description = $"Whose names the arrays get: {OwnNames}, or {string.Join(", ", PeerBook.Targets.Select(peer => peer.Name))}, whose code then loads the file.",
        DefaultValueFactory = _ => OwnNames,
    };

    private static readonly Option<string?> s_output = Options.Outfile("The file to write. Default: one named after the network, here.");
    private static readonly Option<bool> s_json = Options.Json("what was written");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "export", "Write networks of a snapshot to a file that other programs read, under our names or those of another project.",
            "sagan export runs/00000-tiny-toybox-b16 --to pth",
            "sagan export snapshot.safetensors --to npz --part all -o networks.npz",
            "sagan export snapshot.safetensors --to onnx -o generator.onnx",
            "sagan export biggan.safetensors --to pth --names biggan-pytorch --part discriminator -o D.pth")
        {
            s_network, s_to, s_part, s_names, s_output, s_json,
        };
        s_to.AcceptOnlyFromAmong(EnumName.All<ExportFormat>());
        s_part.AcceptOnlyFromAmong(EnumName.All<SnapshotPart>());
        s_names.AcceptOnlyFromAmong([OwnNames, .. PeerBook.Targets.Select(peer => peer.Name)]);
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string network = arguments.GetValue(s_network)!;
        Snapshot snapshot = NetworkFile.Open(network);
        var export = new NetworkExport
        {
            Snapshot = snapshot,
            Part = arguments.GetValue(s_part) is { } part ? Enum.Parse<SnapshotPart>(part, ignoreCase: true) : NetworkExport.Usual(snapshot),
            Format = Enum.Parse<ExportFormat>(arguments.GetValue(s_to)!, ignoreCase: true),
            Peer = PeerBook.FindTarget(arguments.GetValue(s_names)!),
        };
        if (export is { Peer: { } peer, Part: SnapshotPart.All })
            throw new UsageException($"--part all: {peer.Name} keeps each network in a file of its own; export them one by one");
        if (export is { Format: ExportFormat.Onnx, Part: SnapshotPart.All })
            throw new UsageException("--part all: a graph is one network; export them one by one");
        if (export is { Format: ExportFormat.Onnx, Peer: not null })
            throw new UsageException($"--names {export.Peer.Name}: the values of a graph have names of their own; leave --names out");
        string output = Options.Output("--output", arguments.GetValue(s_output) ?? DefaultName(network, export));
        if (Path.GetFullPath(output) == Path.GetFullPath(snapshot.Path))
            throw new UsageException($"--output {output}: this is the snapshot itself; choose another file");

        int parts = export.Write(output);
        if (arguments.GetValue(s_json))
            System.Console.WriteLine(ToJson(export, output, parts).ToJsonString());
        else
            Print(export, output, parts);
        return 0;
    }

    private static string DefaultName(string network, NetworkExport export) =>
        $"{NetworkFile.NameOf(network)}-{EnumName.Of(export.Part)}.{EnumName.Of(export.Format)}";

    private static void Print(NetworkExport export, string output, int parts)
    {
        System.Console.WriteLine($"Network         {EnumName.Of(export.Part)} of {export.Snapshot.Path}");
        System.Console.WriteLine(export.Format == ExportFormat.Onnx
            ? string.Create(CultureInfo.InvariantCulture, $"Nodes           {parts:n0}, standard operators of opset {OnnxModel.OperatorSet}")
            : string.Create(CultureInfo.InvariantCulture, $"Arrays          {parts:n0} under the names of {export.Peer?.Name ?? OwnNames}"));
        if (export.PeerArguments.Count > 0)
            System.Console.WriteLine($"Arguments       {export.PeerArguments.ToJsonString()}");
        System.Console.WriteLine($"Written         {output}");
    }

    private static JsonObject ToJson(NetworkExport export, string output, int parts) => new()
    {
        ["snapshot"] = export.Snapshot.Path,
        ["part"] = EnumName.Of(export.Part),
        ["names"] = export.Peer?.Name ?? OwnNames,
        ["format"] = EnumName.Of(export.Format),
        [export.Format == ExportFormat.Onnx ? "nodes" : "arrays"] = parts,
        ["arguments"] = export.PeerArguments,
        ["file"] = output,
    };
}
