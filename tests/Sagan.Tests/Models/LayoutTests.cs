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
    private static readonly Dictionary<string, ModelConfig> s_published = new()
    {
        ["sngan-32"] = new SnganConfig(),
        ["sagan-32"] = new SelfAttentionGanConfig(),
        ["biggan-32"] = new BigGanConfig(),
        ["biggan-deep-32"] = new BigGanDeepConfig { GeneratorAttention = [16] },
        ["dcgan-32"] = new DcganConfig(),
        ["dcgan-attention-32"] = new DcganConfig { Form = DcganForm.SelfAttention },
        ["sndcgan-32"] = new DcganConfig { Form = DcganForm.SnDcgan },
    };

    public static TheoryData<string> Layouts => [.. s_published.Keys];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Names_shapes_and_their_order_are_the_published_ones(string layout)
    {
        ModelConfig config = s_published[layout];
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
