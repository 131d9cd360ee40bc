using System.Globalization;
using Sagan.Exchange;
using Sagan.Exchange.HuggingFace;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tests.Data;
using Sagan.Tests.Fixtures;
using Sagan.Training;

namespace Sagan.Tests.Exchange;

/// <summary>pytorch-pretrained-BigGAN's generators: what they draw at each truncation, and where between two rows they are wrong.</summary>
public class HuggingFaceTests
{
    // 0.28 and 0.58 are rows that rounding misses by 1e-15; their swapped weights then take the neighbour.
    [SharedTheory("fixtures")]
    [InlineData("0.4", RowMixing.Interpolated)]
    [InlineData("1", RowMixing.Interpolated)]
    [InlineData("0.4", RowMixing.Swapped)]
    [InlineData("0.43", RowMixing.Swapped)]
    [InlineData("0.065", RowMixing.Swapped)]
    [InlineData("0.28", RowMixing.Swapped)]
    [InlineData("0.58", RowMixing.Swapped)]
    public void Its_pictures_come_out_at_every_truncation(string truncation, RowMixing mixing)
    {
        Fixture fixture = Fixture.Open("hf_biggan");
        using ImportedNetworks imported = Read(fixture, mixing);
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using ModeScope eval = imported.Generator!.Eval();

        TruncationTable.Choose(imported.Generator, double.Parse(truncation, CultureInfo.InvariantCulture));
        Tensor pictures = imported.Generator.Forward(fixture.Tensor("z"), fixture.Tensor("class_label"));

        fixture.Expect($"images_truncation_{truncation}", pictures, Tolerance.Network);
    }

    // Three quarters of the way from row 3 to row 4; the project weighs row 4 with a quarter.
    [SharedFact("fixtures")]
    public void Between_two_rows_the_nearer_one_weighs_more_unless_told()
    {
        Fixture fixture = Fixture.Open("hf_biggan");
        using ImportedNetworks imported = Read(fixture, RowMixing.Interpolated), swapped = Read(fixture, RowMixing.Swapped);
        float[] rows = TorchStateDict.Read(fixture.File("weights.pth"))["generator.bn.running_means"].ToFloat32();
        int channels = rows.Length / 51;

        TruncationTable.Choose(imported.Generator!, 0.075);
        TruncationTable.Choose(swapped.Generator!, 0.075);

        for (int channel = 0; channel < channels; channel++)
        {
            double low = rows[(3 * channels) + channel], high = rows[(4 * channels) + channel];
            double rounding = 1e-6 * (Math.Abs(low) + Math.Abs(high));
            Assert.True(Math.Abs(low - high) > 1000 * rounding);
            Assert.Equal((0.25 * low) + (0.75 * high), Values(imported.Generator!, "norm.statistics.mean")[channel], rounding);
            Assert.Equal((0.75 * low) + (0.25 * high), Values(swapped.Generator!, "norm.statistics.mean")[channel], rounding);
        }
    }

    [SharedFact("fixtures")]
    public void The_rows_travel_in_the_snapshot_and_those_at_1_are_in_force()
    {
        using var folder = new TemporaryFolder();
        using ImportedNetworks imported = Read(Fixture.Open("hf_biggan"), RowMixing.Swapped);

        imported.Write(folder.At("g.safetensors"));
        Snapshot snapshot = Snapshot.Open(folder.At("g.safetensors"));
        using Generator generator = snapshot.LoadGenerator();

        float[] rows = Values(generator, "norm.statistics.means"), mean = Values(generator, "norm.statistics.mean");
        Assert.Equal(51 * mean.Length, rows.Length);
        Assert.Equal(rows[^mean.Length..], mean);
        Assert.Equal(new TruncationTable { Rows = 51, Mixing = RowMixing.Swapped }, Assert.IsType<BigGanDeepConfig>(snapshot.Model).TruncationTable);
    }

    // The real file is of the format before torch 1.6.
    [SharedFact("fixtures")]
    public void Both_of_its_files_and_its_configuration_are_read()
    {
        Fixture fixture = Fixture.Open("hf_biggan");

        using ImportedNetworks first = ImportedNetworks.Read(null, [fixture.File("pytorch_model.bin")], PeerSettings.Read(fixture.File("config.json")));
        using ImportedNetworks second = ImportedNetworks.Read(null, [fixture.File("weights.pth")], PeerSettings.None);

        Assert.IsType<HuggingFacePeer>(first.Peer);
        Assert.Equal(new ImageSpec(3, 128, 12), first.Model.Images);
        var model = Assert.IsType<BigGanDeepConfig>(first.Model.Model);
        Assert.Equal((16, 16, 4, 4), (model.LatentSize, model.SharedSize, model.GeneratorWidth, model.DrawnChannels));
        Assert.Equal([64], model.GeneratorAttention!);
        Assert.Equal((1e-4, 1e-4), (model.Details.BatchNormEpsilon, model.Details.SpectralNorm!.Epsilon));
        Assert.Equal(first.Generator!.State().SelectMany(own => Values(first.Generator, own.Name)), second.Generator!.State().SelectMany(own => Values(second.Generator, own.Name)));
    }

    [SharedFact("fixtures")]
    public void Its_file_comes_back_from_our_network()
    {
        Fixture fixture = Fixture.Open("hf_biggan");
        using ImportedNetworks imported = Read(fixture, RowMixing.Interpolated);
        Dictionary<string, HostArray> theirs = new(TorchStateDict.Read(fixture.File("weights.pth")));

        Dictionary<string, HostArray> ours = ForeignFile.Of(imported.Peer, imported.Generator!, imported.Model.Model);

        Assert.Equal(theirs.Keys.Order(), ours.Keys.Order());
        Assert.All(theirs, entry => Assert.Equal(entry.Value.Shape.ToArray(), ours[entry.Key].Shape.ToArray()));
        Assert.All(theirs, entry => Assert.Equal(entry.Value.ToFloat32(), ours[entry.Key].ToFloat32()));
    }

    // Sizes that the fixture has alike: latents and class, width and drawn channels; and the other resolutions.
    [Theory]
    [InlineData(128, 64)]
    [InlineData(256, 128)]
    [InlineData(512, 64)]
    public void A_network_under_its_names_is_the_same_network_again(int resolution, int attention)
    {
        var model = new BigGanDeepConfig
        {
            LatentSize = 5,
            GeneratorWidth = 4,
            SharedSize = 3,
            GeneratorAttention = [attention],
            DrawnChannels = 7,
            TruncationTable = new TruncationTable { Rows = 4 },
        };
        using Generator generator = ForeignFile.Draw(model, new ImageSpec(3, resolution, 6));

        using ImportedNetworks imported = ForeignFile.Import(("g.pth", ForeignFile.Of(new HuggingFacePeer(), generator, model)));

        Assert.Equal(new ImageSpec(3, resolution, 6), imported.Model.Images);
        Assert.Equal([attention], ((BigGanDeepConfig)imported.Model.Model).GeneratorAttention!);
        foreach (string name in generator.State().Select(own => own.Name))
            Assert.Equal(Values(generator, name), Values(imported.Generator!, name));
    }

    [SharedFact("fixtures")]
    public void Settings_that_do_not_fit_are_refused()
    {
        using var folder = new TemporaryFolder();
        Fixture fixture = Fixture.Open("hf_biggan");

        string Refusal(string json)
        {
            File.WriteAllText(folder.At("config.json"), json);
            return Assert.Throws<ConfigException>(() => ImportedNetworks.Read(null, [fixture.File("weights.pth")], PeerSettings.Read(folder.At("config.json")))).Message;
        }

        Assert.Contains("z_dim: is 128, and the weights say 16", Refusal("""{"z_dim": 128}"""), StringComparison.Ordinal);
        Assert.Contains("row_mixing: is 'wrong'", Refusal("""{"row_mixing": "wrong"}"""), StringComparison.Ordinal);
    }

    private static ImportedNetworks Read(Fixture fixture, RowMixing mixing)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("config.json"), $$"""{"row_mixing": "{{mixing.ToString().ToLowerInvariant()}}"}""");
        return ImportedNetworks.Read(null, [fixture.File("weights.pth")], PeerSettings.Read(folder.At("config.json")));
    }

    private static float[] Values(Module network, string name)
    {
        using Scope scope = Scope.Open();
        return network.State().Single(own => own.Name == name).Value.Value.Detach().ToArray<float>();
    }
}
