using Sagan.Layers;
using Sagan.Models;

namespace Sagan.Tests.Models;

/// <summary>The names and shapes of a published network's values: the keys of every snapshot ever written.</summary>
/// <remarks>
/// A difference means that snapshots can no longer be read. If that is meant, the files in <c>Golden/layouts</c> are
/// changed by hand, line by line, together with whatever reads the older snapshots.
/// </remarks>
public class LayoutTests
{
    public static TheoryData<string> Layouts { get; } = ["sngan-32", "sagan-32", "biggan-32", "biggan-deep-32"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Names_shapes_and_their_order_are_the_published_ones(string layout)
    {
        ModelConfig config = layout switch
        {
            "sngan-32" => new SnganConfig(),
            "sagan-32" => new SelfAttentionGanConfig(),
            "biggan-32" => new BigGanConfig(),
            _ => new BigGanDeepConfig { GeneratorAttention = [16] },
        };
        var images = new ImageSpec(3, 32, 10);
        string file = Path.Combine(SourceTree.Root, "tests", "Sagan.Tests", "Golden", "layouts", $"{layout}.txt");

        using Generator generator = config.BuildGenerator(images);
        using Discriminator discriminator = config.BuildDiscriminator(images);
        string[] lines = [.. Lines("generator", generator), .. Lines("discriminator", discriminator)];

        Assert.Equal(File.ReadAllLines(file), lines);
    }

    private static IEnumerable<string> Lines(string network, Module module) => module.State().Select(entry =>
        $"{network}.{entry.Name} [{string.Join(", ", entry.Value.Value.Shape.ToArray())}]{(entry.Value.IsTrained ? "" : " buffer")}");
}
