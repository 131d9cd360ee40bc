using System.Numerics;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Classifiers;

/// <summary>A network that tells classes apart: pictures [N, C, R, R] in [-1, 1] → scores [N, classes].</summary>
/// <remarks>
/// A convolution, halving residual blocks down to a 4x4 map, batch norm, ReLU, mean over positions, linear map: the shape of
/// He et al. 2016 (arXiv:1603.05027), with one block a resolution.
/// </remarks>
public sealed class Classifier : Layer
{
    private const int SmallestMap = 4;

    private readonly Conv2d _stem;
    private readonly List<ResidualBlock> _blocks = [];
    private readonly BatchNorm _norm;
    private readonly Linear _linear;

    /// <param name="images">What it looks at: a power of two from 8 to 512 as resolution.</param>
    /// <param name="width">Channels of a 32x32 map, even; smaller maps have up to eight times as many, larger ones half.</param>
    /// <exception cref="ConfigException">There is no such network; names the flag and the cure.</exception>
    public Classifier(ImageSpec images, int width)
    {
        if (images.Resolution is < 8 or > 512 || !BitOperations.IsPow2(images.Resolution))
            throw new ConfigException("--resolution", $"there is no classifier for {images.Resolution}x{images.Resolution}; choose a power of two from 8 to 512");
        if (width < 2 || width % 2 != 0)
            throw new ConfigException("--width", $"is {width}; it must be even and at least 2");

        Images = images;
        Width = width;
        FeatureCount = Channels(SmallestMap);
        Rename("classifier");

        BlockInitializers initializers = BlockInitializers.Sngan;
        _stem = Child("stem", new Conv2d(images.Channels, Channels(images.Resolution), 3, initializers.Main));
        for (int side = images.Resolution; side > SmallestMap; side /= 2)
            _blocks.Add(Child($"block{side}", new ResidualBlock(Channels(side), Channels(side / 2), halves: true, initializers)));
        _norm = Child("norm", new BatchNorm(FeatureCount));
        _linear = Child("linear", new Linear(FeatureCount, images.Classes, initializers.Shortcut));
    }

    /// <summary>What it looks at.</summary>
    public ImageSpec Images { get; }

    /// <summary>Channels of a 32x32 map.</summary>
    public int Width { get; }

    /// <summary>Size of a feature vector.</summary>
    public int FeatureCount { get; }

    /// <summary>What the linear map reads: a description of each picture in which those of one class lie near one another.</summary>
    /// <param name="pictures">[N, C, R, R] in [-1, 1].</param>
    /// <returns>[N, <see cref="FeatureCount"/>], none below 0.</returns>
    public Tensor Features(Tensor pictures)
    {
        using Scope scope = Scope.Open();
        RequireChannels(pictures, 4, Images.Channels);
        Tensor h = _stem.Forward(pictures.Contiguous(MemoryFormat.ChannelsLast));
        foreach (ResidualBlock block in _blocks)
            h = block.Forward(h);
        return scope.Keep(_norm.Forward(h).Relu().Mean(2, 3));
    }

    /// <summary>Scores of the classes from features.</summary>
    /// <param name="features">[N, <see cref="FeatureCount"/>].</param>
    /// <returns>[N, classes]; a softmax makes them probabilities.</returns>
    public Tensor Scores(Tensor features) => _linear.Forward(features);

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => Scores(Features(x));

    private int Channels(int side) => side switch
    {
        > 32 => Width / 2,
        32 => Width,
        16 => Width * 2,
        8 => Width * 4,
        _ => Width * 8,
    };
}
