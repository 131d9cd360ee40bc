using Sagan.Tensors;

namespace Sagan.Metrics.Features;

/// <summary>Turns pictures into the vectors that scores are computed from.</summary>
/// <remarks>Scores can be compared only where <see cref="Signature"/> is the same: every result names it.</remarks>
public abstract class FeatureExtractor : IDisposable
{
    /// <param name="name">The network, for people.</param>
    /// <param name="identity">SHA-256 of its weights, 64 lower-case digits.</param>
    /// <param name="preparation">How pictures are brought to its size.</param>
    /// <param name="device">Where it computes.</param>
    private protected FeatureExtractor(string name, string identity, string preparation, Device device)
    {
        Name = name;
        Identity = identity;
        Preparation = preparation;
        Device = device;
    }

    /// <summary>The network, for instance <c>inception-2015-12-05</c>.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of its weights, 64 lower-case digits.</summary>
    public string Identity { get; }

    /// <summary>How pictures are brought to the network's size, for instance <c>torch-fidelity</c>: a part of what a score means.</summary>
    public string Preparation { get; }

    /// <summary>Where it computes; results lie there.</summary>
    public Device Device { get; }

    /// <summary>All that decides about the features, in one word: name, preparation, the first 16 digits of the identity.</summary>
    public string Signature => $"{Name}/{Preparation}/{Identity[..16]}";

    /// <summary>Size of a feature vector.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>Number of classes; null where it knows none, and there is no Inception Score.</summary>
    public abstract int? LogitCount { get; }

    /// <summary>What is added to logits before the softmax where a tool does not leave it out; null without classes.</summary>
    public abstract IReadOnlyList<float>? LogitBias { get; }

    /// <summary>Whether metrics of these features go by their plain names: those of the published Inception network alone.</summary>
    public virtual bool IsStandard => false;

    /// <summary>Names of the classes, where they are those of the pictures that are scored; else empty.</summary>
    public virtual IReadOnlyList<string> ClassNames => [];

    /// <summary>Channels of what the network looks at.</summary>
    private protected virtual int Channels => 3;

    /// <summary>Pictures that go through the network together: enough for speed, few enough for memory.</summary>
    private protected abstract int Portion { get; }

    /// <summary>Looks at pictures. Gray ones are given three equal channels.</summary>
    /// <param name="pixels">[N, 1 or 3, H, W] of UInt8, on any device; any N from 1, any H and W.</param>
    /// <returns>In the innermost scope, without gradients.</returns>
    /// <exception cref="ShapeException">These are not such pictures, or have colours where the network looks at gray.</exception>
    public PictureFeatures Extract(Tensor pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.DType != DType.UInt8 || pixels.Rank != 4 || pixels.Size(0) == 0 || !(pixels.Size(1) == 1 || pixels.Size(1) == Channels))
            throw new ShapeException($"{Name}, pictures of {pixels.DType}", $"UInt8 [N, {(Channels == 1 ? "1" : "1 or 3")}, H, W]", pixels.Shape);

        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        var portions = new List<PictureFeatures>();
        for (long start = 0; start < pixels.Size(0); start += Portion)
            portions.Add(ExtractPortion(pixels.Narrow(0, start, Math.Min(Portion, pixels.Size(0) - start))));

        Tensor features = scope.Keep(Joined(portions.Select(portion => portion.Features)));
        return new PictureFeatures(features, LogitCount is null ? null : scope.Keep(Joined(portions.Select(portion => portion.Logits!))));
    }

    /// <summary>Frees the network.</summary>
    public abstract void Dispose();

    /// <summary>Looks at pictures, all at once.</summary>
    /// <param name="pictures">[n, channels, H, W] of Float32 on the extractor's device, 0 to 255.</param>
    private protected abstract PictureFeatures Describe(Tensor pictures);

    private PictureFeatures ExtractPortion(Tensor pixels)
    {
        using Scope scope = Scope.Open();
        // Bytes travel, numbers are made where they are used.
        Tensor pictures = pixels.To(Device, DType.UInt8).To(DType.Float32);
        PictureFeatures result = Describe(pictures.Expand(pictures.Size(0), Channels, pictures.Size(2), pictures.Size(3)));
        scope.Keep(result.Features);
        return result.Logits is null ? result : result with { Logits = scope.Keep(result.Logits) };
    }

    private static Tensor Joined(IEnumerable<Tensor> parts) => Tensor.Concat(0, [.. parts]);
}
