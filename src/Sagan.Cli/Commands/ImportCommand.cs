using System.CommandLine;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Exchange;
using Sagan.Layers;
using Sagan.Models;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan import</c>.</summary>
internal static class ImportCommand
{
    private const string Auto = "auto";

    private static readonly Argument<string> s_kind = new("kind")
    {
        Description = $"Whose networks they are: {string.Join(", ", PeerBook.All.Select(peer => peer.Name))}, or {Auto} to tell it from the names in the files.",
    };

    private static readonly Argument<string[]> s_files = new("files")
    {
        Description = "What torch.save or Chainer's save_npz (.npz) wrote: the generator's file, its average's (with ema in its name), the discriminator's, in any order; one is enough.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> s_config = new("--config")
    {
        Description = "What the networks were trained with, in the project's own argument names (JSON with an object G and an object D; StudioGAN's YAML): it settles what shapes cannot tell, as an epsilon.",
    };

    private static readonly Option<string> s_output = new("--output", "-o") { Description = "The snapshot to write.", Required = true };
    private static readonly Option<bool> s_json = Options.Json("what was found");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "import", "Take over networks of other projects. What comes out is a snapshot like any other: sample, score, morph, attention and train --init-from take it.",
            "sagan import biggan-pytorch G_ema.pth D.pth -o biggan.safetensors",
            "sagan import auto checkpoints/netG_100000_steps.pth -o generator.safetensors",
            "sagan import biggan-pytorch G.pth --config args.json -o biggan.safetensors")
        {
            s_kind, s_files, s_config, s_output, s_json,
        };
        s_kind.AcceptOnlyFromAmong([Auto, .. PeerBook.All.Select(peer => peer.Name)]);
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string output = Options.Output("--output", arguments.GetValue(s_output)!);
        string[] files = arguments.GetValue(s_files)!;
        if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
            throw new FileNotFoundException($"{missing}: there is no such file");
        PeerSettings settings = arguments.GetValue(s_config) is { } config ? PeerSettings.Read(config) : PeerSettings.None;

        using ImportedNetworks imported = ImportedNetworks.Read(PeerBook.Find(arguments.GetValue(s_kind)!), files, settings);
        imported.Write(output);
        if (arguments.GetValue(s_json))
            System.Console.WriteLine(ToJson(imported, output).ToJsonString());
        else
            Print(imported, output);
        return 0;
    }

    private static void Print(ImportedNetworks imported, string output)
    {
        ImageSpec images = imported.Model.Images;
        System.Console.WriteLine($"Project         {imported.Peer.Name}");
        System.Console.WriteLine($"Pictures        {images.Channels}x{images.Resolution}x{images.Resolution}, {Classes(imported)}");
        foreach ((string name, Module? network) in Networks(imported))
            System.Console.WriteLine($"{char.ToUpperInvariant(name[0]) + name[1..],-14}  {(network is null ? "none" : $"{network.ParameterCount:n0} parameters")}");
        System.Console.WriteLine($"Written         {output}");
        if (imported.Generator is not null)
            System.Console.WriteLine($"Draw            {Options.Program} sample {output} --seeds 0-15 --grid");
    }

    private static JsonObject ToJson(ImportedNetworks imported, string output)
    {
        ImageSpec images = imported.Model.Images;
        var told = new JsonObject
        {
            ["kind"] = imported.Peer.Name,
            ["snapshot"] = output,
            ["channels"] = images.Channels,
            ["resolution"] = images.Resolution,
            ["classes"] = imported.Model.Model.Conditional ? images.Classes : 0,
            ["latentSize"] = imported.Generator?.LatentSize,
        };
        foreach ((string name, Module? network) in Networks(imported))
            told[name] = network?.ParameterCount;
        return told;
    }

    private static string Classes(ImportedNetworks imported) =>
        imported.Model.Model.Conditional ? $"{imported.Model.Images.Classes} classes" : "no classes";

    private static IEnumerable<(string Name, Module? Network)> Networks(ImportedNetworks imported) =>
        [("generator", imported.Generator), ("average", imported.Average), ("discriminator", imported.Discriminator)];
}
