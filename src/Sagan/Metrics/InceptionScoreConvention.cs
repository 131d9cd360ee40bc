namespace Sagan.Metrics;

/// <summary>
/// What the tools do differently when they compute an <see cref="InceptionScore"/>. They also differ in the logits: whether the
/// network's bias is added, which is up to who extracts them.
/// </summary>
/// <param name="Name">Whose way it is.</param>
/// <param name="Splits">Parts whose scores are averaged.</param>
public sealed record InceptionScoreConvention(string Name, int Splits = 10)
{
    /// <summary>OpenAI's and TTUR's, BigGAN's tf13, mimicry's, stylegan3's: ten parts in the order given. Logits without bias, of all 1008 outputs.</summary>
    public static InceptionScoreConvention OpenAi { get; } = new("openai");

    /// <summary>torch-fidelity's: as OpenAI's, after a shuffle by RandomState(2020). Logits without bias.</summary>
    public static InceptionScoreConvention TorchFidelity { get; } = new("torch-fidelity") { ShuffleSeed = 2020 };

    /// <summary>StudioGAN's: one part, and so no deviation. Logits with bias.</summary>
    public static InceptionScoreConvention StudioGan { get; } = new("studiogan", 1) { SampleDeviation = true };

    /// <summary>BigGAN-PyTorch's: ten equal parts; what is left over is dropped. Logits with bias, of torchvision's network with 1000 outputs.</summary>
    public static InceptionScoreConvention BigGanPyTorch { get; } = new("biggan-pytorch") { DropRemainder = true };

    /// <summary>sngan_projection's in Chainer: of the 1008 probabilities 1 to 1000 only, which are not made to sum to one again.</summary>
    public static InceptionScoreConvention SnganProjection { get; } = new("sngan-projection") { Columns = 1..1001 };

    /// <summary>Seed of numpy's RandomState for a shuffle before the parts are cut; null for the order given.</summary>
    public uint? ShuffleSeed { get; init; }

    /// <summary>Whether parts are ⌊N / splits⌋ pictures each and the rest is dropped; otherwise they end at ⌊iN / splits⌋.</summary>
    public bool DropRemainder { get; init; }

    /// <summary>Whether the deviation is divided by splits - 1 and not by splits.</summary>
    public bool SampleDeviation { get; init; }

    /// <summary>The probabilities that count.</summary>
    public Range Columns { get; init; } = Range.All;

    /// <summary>The pictures of a part.</summary>
    internal Range Part(int part, int pictures) => DropRemainder
        ? (part * (pictures / Splits))..((part + 1) * (pictures / Splits))
        : (int)((long)part * pictures / Splits)..(int)((part + 1L) * pictures / Splits);
}
