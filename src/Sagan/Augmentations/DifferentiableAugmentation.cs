using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Augmentations;

/// <summary>One kind of change of <see cref="DifferentiableAugmentation"/>.</summary>
public enum AugmentationPolicy
{
    /// <summary>Brightness, saturation and contrast.</summary>
    Colour,

    /// <summary>A shift by whole pixels, up to an eighth of the side; zeros come in.</summary>
    Translation,

    /// <summary>A square of half the side becomes zero.</summary>
    Cutout,
}

/// <summary>DiffAugment (Zhao et al. 2020, arXiv:2006.10738): every picture is changed every time.</summary>
/// <remarks>Ranges and order as in the authors' code and StudioGAN. Zero is the middle grey of pictures in [-1, 1].</remarks>
public sealed record DifferentiableAugmentation : Augmentation
{
    private const double LargestShift = 0.125;
    private const double CutoutSide = 0.5;

    /// <summary>What is done, in this order. Default: colour, translation, cutout, as in the authors' recipes for CIFAR.</summary>
    public IReadOnlyList<AugmentationPolicy> Policies { get; init; } =
        [AugmentationPolicy.Colour, AugmentationPolicy.Translation, AugmentationPolicy.Cutout];

    /// <inheritdoc/>
    public override Tensor Apply(Tensor pictures, Draws draws, Module? memory) =>
        Policies.Aggregate(pictures, (x, policy) => policy switch
        {
            AugmentationPolicy.Colour => Contrast(Saturation(Brightness(x, draws), draws), draws),
            AugmentationPolicy.Translation => Translation(x, draws),
            _ => Cutout(x, draws),
        });

    /// <inheritdoc/>
    internal override void Validate(string setting)
    {
        if (Policies.Count == 0)
            throw new ConfigException($"{setting}.policies", "is empty; name some of colour, translation, cutout, or set augmentation to null");
    }

    private static Tensor Brightness(Tensor x, Draws draws) => x + PerPicture(x, draws, -0.5, 0.5);

    private static Tensor Saturation(Tensor x, Draws draws)
    {
        Tensor grey = x.Mean(1).Unsqueeze(1);                                            // [N, 1, H, W]
        return (x - grey) * PerPicture(x, draws, 0, 2) + grey;
    }

    private static Tensor Contrast(Tensor x, Draws draws)
    {
        Tensor mean = x.Mean(1, 2, 3).Reshape(-1, 1, 1, 1);
        return (x - mean) * PerPicture(x, draws, 0.5, 1.5) + mean;
    }

    private static Tensor PerPicture(Tensor x, Draws draws, double least, double most) =>
        draws.Uniform([x.Size(0), 1, 1, 1], least, most).To(x.DType);

    // Pixels from beyond the edge are looked up in a ring of zeros.
    private static Tensor Translation(Tensor x, Draws draws)
    {
        int count = (int)x.Size(0), side = (int)x.Size(2);
        int most = (int)(side * LargestShift + 0.5);
        long[] rows = new long[count * side], columns = new long[count * side];
        for (int n = 0; n < count; n++)
        {
            int down = draws.NextWhole(-most, most), right = draws.NextWhole(-most, most);
            for (int i = 0; i < side; i++)
            {
                rows[(n * side) + i] = Math.Clamp(i + down + 1, 0, side + 1);
                columns[(n * side) + i] = Math.Clamp(i + right + 1, 0, side + 1);
            }
        }

        return Sampling.Rearrange(
            Sampling.ZeroRing(x), Tensor.From<long>(rows, [count, side], x.Device), Tensor.From<long>(columns, [count, side], x.Device));
    }

    private static Tensor Cutout(Tensor x, Draws draws)
    {
        int count = (int)x.Size(0), side = (int)x.Size(2);
        int cut = (int)(side * CutoutSide + 0.5);
        float[] rows = new float[count * side], columns = new float[count * side];       // 1 where the square is
        for (int n = 0; n < count; n++)
        {
            int top = draws.NextWhole(0, side - (cut % 2)) - (cut / 2), left = draws.NextWhole(0, side - (cut % 2)) - (cut / 2);
            for (int i = 0; i < side; i++)
            {
                rows[(n * side) + i] = i >= top && i < top + cut ? 1 : 0;
                columns[(n * side) + i] = i >= left && i < left + cut ? 1 : 0;
            }
        }

        Tensor square = Tensor.From<float>(rows, [count, 1, side, 1], x.Device) * Tensor.From<float>(columns, [count, 1, 1, side], x.Device);
        return x * (1 - square).To(x.DType);
    }
}
