using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Evaluation;

/// <summary>Pictures that a generator draws: latents and classes are a pure function of seed and place.</summary>
/// <remarks>
/// Bytes are made as in files, 127.5 x + 128 cut off (the convention of stylegan3 and edm). Classes are uniform and random, as in
/// training, unless one is asked for: then the latents are those of that class's own sequence.
/// </remarks>
public sealed class DrawnPictures : PictureSeries
{
    private const int RunLength = 64;

    private readonly Generator _generator;
    private readonly Device _device;
    private readonly Truncation? _truncation;
    private readonly int? _label;

    /// <param name="generator">In evaluation; stays its owner's.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="origin">What cards say of the network; the seed decides which pictures, and is 0 where there is none.</param>
    /// <param name="classNames">In the order of labels.</param>
    /// <param name="truncation">Keeps latents near the middle; null: not at all.</param>
    /// <exception cref="ConfigException">The network enlarges pictures.</exception>
    public DrawnPictures(Generator generator, Device device, SampleOrigin origin, IReadOnlyList<string> classNames, Truncation? truncation = null)
        : this(generator, device, origin, classNames, truncation, null)
    {
    }

    private DrawnPictures(Generator generator, Device device, SampleOrigin origin, IReadOnlyList<string> classNames, Truncation? truncation, int? label)
    {
        if (generator.ConditionsOnPictures)
            throw new ConfigException("network", "it enlarges pictures and draws none of its own; there is nothing to score");
        _generator = generator;
        _device = device;
        _truncation = truncation;
        _label = label;
        Origin = origin;
        ClassNames = generator.IsConditional ? classNames : [];
    }

    /// <inheritdoc/>
    public override SampleOrigin Origin { get; }

    /// <inheritdoc/>
    public override string Name => Origin.Name;

    /// <inheritdoc/>
    public override string? Fingerprint => null;

    /// <inheritdoc/>
    public override int? Count => null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames { get; }

    /// <summary>Pictures of one class.</summary>
    public DrawnPictures OfClass(int label) => new(_generator, _device, Origin, ClassNames, _truncation, label);

    /// <summary>Other pictures of the same network.</summary>
    public DrawnPictures WithSeed(long seed) => new(_generator, _device, Origin with { Seed = seed }, ClassNames, _truncation, _label);

    /// <inheritdoc/>
    public override IEnumerable<PixelRun> Read(int count)
    {
        for (int start = 0; start < count; start += RunLength)
        {
            // A class has 2^40 places of its own, behind those of the mixed pictures.
            long place = start + ((_label + 1L ?? 0) << 40);
            yield return Draw(place, Math.Min(RunLength, count - start));
        }
    }

    private PixelRun Draw(long place, int count)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        var latents = new Latents(_generator.LatentSize, _generator.Images.Classes, Origin.Seed ?? 0, DrawPurpose.Evaluation) { Truncation = _truncation };

        // Always full batches: the last bits of a picture depend on how many are drawn together.
        (Tensor z, Tensor labels) = latents.At(place, RunLength, _device);
        if (_label is { } label)
            labels = Tensor.From([.. Enumerable.Repeat((long)label, RunLength)], [RunLength], _device);
        Tensor pictures = (_generator.Forward(z, labels).Narrow(0, 0, count) * 127.5 + 128).Clamp(0, 255).To(DType.UInt8);
        int[] classes = [.. labels.ToArray<long>().Take(count).Select(value => (int)value)];
        return new PixelRun(pictures.ToArray<byte>(), classes, _generator.Images.Channels, _generator.Images.Resolution, _generator.Images.Resolution);
    }
}
