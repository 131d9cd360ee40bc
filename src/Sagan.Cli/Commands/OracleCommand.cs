using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Data.Toybox;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan oracle</c>.</summary>
internal static class OracleCommand
{
    private static readonly Argument<string> s_network = NetworkFile.Argument();
    private static readonly Option<int> s_samples = new("--samples") { Description = "Pictures to judge in each class.", DefaultValueFactory = _ => 100 };
    private static readonly Option<long> s_seed = new("--seed") { Description = "Seed of the first picture; the others follow.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("the marks");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "oracle", "Judge a generator that was trained on the built-in toybox by what its pictures must show: do both eyes of a face have one colour, is a butterfly its own mirror image, … No network is asked; drawn pictures are sound in all cases.",
            "sagan oracle runs/00000-tiny-toybox-b16",
            "sagan oracle runs/00000-tiny-toybox-b16 --samples 1000 --json")
        {
            s_network, s_samples, s_seed, s_device, s_threads, s_json,
        };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        int samples = arguments.GetValue(s_samples);
        if (samples < 2)
            throw new UsageException($"--samples {samples}: at least 2, for variety is a matter between pictures");
        Snapshot snapshot = NetworkFile.Open(arguments.GetValue(s_network)!);
        if (snapshot.Images.Channels != 3 || !snapshot.ClassNames.SequenceEqual(ToyboxPictures.ClassNames) || !snapshot.Model.Conditional)
            throw new UsageException("the oracle knows the classes of the toybox only; this network was trained on something else, or without classes");

        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using Generator generator = snapshot.LoadGenerator(device);
        ClassMark[] marks = DataView.WithProgress(progress => Examine(generator, device, samples, arguments.GetValue(s_seed), progress));
        if (arguments.GetValue(s_json))
            System.Console.WriteLine(ToJson(snapshot, marks).ToJsonString());
        else
            Print(marks);
        return 0;
    }

    private static ClassMark[] Examine(Generator generator, Device device, int samples, long seed, IProgress<DataProgress> progress)
    {
        var exam = new ToyboxExam(generator.Images.Resolution, samples);
        var latents = new Latents(generator.LatentSize, generator.Images.Classes, seed: 0, DrawPurpose.Sample);
        float[] z = new float[samples * generator.LatentSize];
        for (int i = 0; i < samples; i++)
            latents.Draw(seed + i, z.AsSpan(i * generator.LatentSize, generator.LatentSize));

        var marks = new ClassMark[ToyboxPictures.ClassCount];
        for (int label = 0; label < marks.Length; label++)
        {
            long[] labels = [.. Enumerable.Repeat((long)label, samples)];
            marks[label] = exam.Mark(label, PictureSampler.Draw(generator, device, z, labels));
            progress.Report(new DataProgress("Judging classes", label + 1, marks.Length));
        }

        return marks;
    }

    private static void Print(ClassMark[] marks)
    {
        System.Console.WriteLine($"{"class",-14} {"recognised",10} {"sound",7} {"variety",8}");
        foreach (ClassMark mark in marks)
            System.Console.WriteLine(Row(mark.ClassName, mark.Recognised, mark.Sound, mark.Variety));
        System.Console.WriteLine(Row("mean", marks.Average(mark => mark.Recognised), marks.Average(mark => mark.Sound), marks.Average(mark => mark.Variety)));
    }

    private static string Row(string name, double recognised, double sound, double variety) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-14} {recognised,9:0.0%} {sound,7:0.0%} {variety,8:0.00}");

    private static JsonObject ToJson(Snapshot snapshot, ClassMark[] marks) => new()
    {
        ["snapshot"] = snapshot.Path,
        ["images"] = snapshot.Clock,
        ["recognised"] = marks.Average(mark => mark.Recognised),
        ["sound"] = marks.Average(mark => mark.Sound),
        ["variety"] = marks.Average(mark => mark.Variety),
        ["classes"] = new JsonArray([.. marks.Select(mark => (JsonNode)new JsonObject
        {
            ["class"] = mark.ClassName,
            ["pictures"] = mark.Pictures,
            ["recognised"] = mark.Recognised,
            ["sound"] = mark.Sound,
            ["variety"] = mark.Variety,
        })]),
    };
}
