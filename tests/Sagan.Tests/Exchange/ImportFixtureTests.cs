using Sagan.Data;
using Sagan.Exchange;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tests.Data;
using Sagan.Tests.Fixtures;
using Sagan.Tests.Models;
using Sagan.Training;

namespace Sagan.Tests.Exchange;

/// <summary>Files of other projects. That the networks compute the same is tested with the models (<see cref="NetworkFixtureTests"/>).</summary>
public class ImportFixtureTests
{
    [SharedTheory("fixtures")]
    [MemberData(nameof(NetworkFixtureTests.Cases), MemberType = typeof(NetworkFixtureTests))]
    [MemberData(nameof(NetworkFixtureTests.BigGans), MemberType = typeof(NetworkFixtureTests))]
    public void What_a_network_is_follows_from_its_shapes(string name)
    {
        Fixture fixture = Fixture.Open(name);

        using ImportedNetworks imported = Read(fixture, "weights_D.pth", "weights_G.pth");

        PeerModel expected = ExpectedModels.Of(name);
        Assert.Equal(expected.Images, imported.Model.Images);
        Assert.Equal(Text(expected.Model), Text(imported.Model.Model));
    }

    // The other way round: every array of the file, and no other, with its shape and its numbers.
    [SharedTheory("fixtures")]
    [MemberData(nameof(NetworkFixtureTests.Cases), MemberType = typeof(NetworkFixtureTests))]
    [MemberData(nameof(NetworkFixtureTests.BigGans), MemberType = typeof(NetworkFixtureTests))]
    public void Their_files_come_back_from_our_networks(string name)
    {
        Fixture fixture = Fixture.Open(name);
        using ImportedNetworks imported = Read(fixture, "weights_G.pth", "weights_D.pth");

        foreach ((Module network, string file) in new (Module, string)[] { (imported.Generator!, "weights_G.pth"), (imported.Discriminator!, "weights_D.pth") })
        {
            PeerFile theirs = PeerFile.Read(fixture.File(file)).Under(imported.Peer.Plain);
            KeyTable table = imported.Peer.Keys(network, imported.Model.Model);
            Dictionary<string, Parameter> state = network.State().ToDictionary(own => own.Name, own => own.Value);

            string[] made = [.. table.Entries.Where(entry => entry.IsKept || theirs.Has(entry.Theirs)).Select(entry => entry.Theirs)];
            Assert.Equal(theirs.Names.Order(), made.Order());
            Assert.All(table.Entries.Where(entry => theirs.Has(entry.Theirs)), entry => Assert.Equal(theirs[entry.Theirs].Shape.ToArray(), entry.Shape));
            Assert.All(table.Entries.Where(entry => !entry.IsKept), entry => Assert.Equal(entry.Filler!.Shape.ToArray(), entry.Shape));
            foreach (KeyEntry entry in table.Entries.Where(entry => entry.IsKept))
            {
                using Scope scope = Scope.Open();
                float[] given = entry.Give(state).ToArray<float>(), expected = theirs[entry.Theirs].ToFloat32();

                // Half a unit in the last place of numbers from 2 to 4: what adding and taking away 1 costs a gain.
                Assert.All(expected.Zip(given), pair => Assert.Equal(pair.First, pair.Second, entry.Offset == 0 ? 0 : 1.2e-7));
            }
        }
    }

    [SharedTheory("fixtures")]
    [InlineData("biggan64_hier_attn32")]
    [InlineData("biggandeep64")]
    [InlineData("mimicry_cganpd32")]
    [InlineData("mimicry_sagan128")]
    [InlineData("studiogan_biggan32")]
    [InlineData("studiogan_acgan32")]
    public void One_network_is_enough_and_the_other_is_refused_by_name(string name)
    {
        using var folder = new TemporaryFolder();
        Fixture fixture = Fixture.Open(name);
        using (ImportedNetworks generator = Read(fixture, "weights_G.pth"))
            generator.Write(folder.At("g.safetensors"));
        using (ImportedNetworks discriminator = Read(fixture, "weights_D.pth"))
            discriminator.Write(folder.At("d.safetensors"));

        Snapshot draws = Snapshot.Open(folder.At("g.safetensors")), judges = Snapshot.Open(folder.At("d.safetensors"));
        draws.LoadGenerator().Dispose();
        judges.LoadDiscriminator().Dispose();

        Assert.Contains("discriminator: there is none", Assert.Throws<ArrayFileException>(() => draws.LoadDiscriminator()).Message, StringComparison.Ordinal);
        Assert.Contains("generator: there is none", Assert.Throws<ArrayFileException>(() => judges.LoadGenerator()).Message, StringComparison.Ordinal);
        Assert.Contains("generator: there is none", Assert.Throws<ArrayFileException>(() => judges.RequireBothNetworks()).Message, StringComparison.Ordinal);
    }

    [SharedFact("fixtures")]
    public void Networks_of_two_GANs_do_not_become_one()
    {
        Fixture small = Fixture.Open("biggan32_cifar"), large = Fixture.Open("biggan64_hier_attn32"), other = Fixture.Open("mimicry_sngan32");

        string sizes = Refusal(small.File("weights_G.pth"), large.File("weights_D.pth"));
        string two = Refusal(small.File("weights_D.pth"), large.File("weights_D.pth"));
        string projects = Refusal(small.File("weights_G.pth"), other.File("weights_D.pth"));

        Assert.Contains("resolution 64", sizes, StringComparison.Ordinal);
        Assert.Contains("give one of them", two, StringComparison.Ordinal);
        Assert.Contains("not the names of a network of biggan-pytorch", projects, StringComparison.Ordinal);
    }

    [SharedFact("fixtures")]
    public void Settings_of_another_network_are_refused()
    {
        Fixture fixture = Fixture.Open("biggan32_cifar"), other = Fixture.Open("biggan64_hier_attn32");

        var error = Assert.Throws<ConfigException>(() => ImportedNetworks.Read(null, [fixture.File("weights_G.pth")], PeerSettings.Read(other.File("case.json"))));

        Assert.Contains("resolution: is 64, and the weights say 32", error.Message, StringComparison.Ordinal);
    }

    private static ImportedNetworks Read(Fixture fixture, params string[] files) =>
        ImportedNetworks.Read(null, [.. files.Select(fixture.File)], PeerSettings.Read(fixture.File("case.json")));

    private static string Refusal(params string[] files) =>
        Assert.Throws<ArrayFileException>(() => ImportedNetworks.Read(null, files, PeerSettings.None)).Message;

    private static string Text(ModelConfig model) =>
        ConfigJson.Write(new TrainingConfig { Recipe = "", Model = model, Dataset = new ToyboxConfig { Resolution = 32 }, TotalImages = 1 });
}
