using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>What a residual generator's parts are told of latents and class.</summary>
/// <remarks>
/// Where both stand in one vector, the class comes first: [e, z], as in BigGAN-PyTorch and StudioGAN; compare_gan and the
/// published BigGAN-deep weights have [z, e].
/// </remarks>
internal sealed class GeneratorConditions
{
    private readonly ResNetPlan _plan;
    private readonly Embedding? _shared;

    /// <param name="plan">The generator's.</param>
    /// <param name="shared">The embedding that it owns; null where there is none.</param>
    internal GeneratorConditions(ResNetPlan plan, Embedding? shared)
    {
        _plan = plan;
        _shared = shared;
        int classSize = shared is null ? 0 : plan.SharedSize!.Value;
        (FirstSize, NormSize) = plan.LatentUse switch
        {
            LatentUse.Chunks => (ChunkSize, classSize + ChunkSize),
            LatentUse.Everywhere => (classSize + plan.LatentSize, classSize + plan.LatentSize),
            _ => (plan.LatentSize, classSize),
        };
    }

    /// <summary>Size of what the 4x4 map is made from.</summary>
    internal int FirstSize { get; }

    /// <summary>Size of the vector that batch norms read; 0 where they read the class itself or nothing.</summary>
    private int NormSize { get; }

    private int ChunkSize => _plan.LatentSize / (_plan.Stages.Count + 1);

    /// <summary>A batch norm that reads what <see cref="Of"/> gives its block.</summary>
    internal ConditionalLayer Norm(int channels)
    {
        ResNetDetails details = _plan.Details;
        if (NormSize > 0)
            return Projected(channels, NormSize);
        if (!_plan.IsConditional)
            return new BatchNorm(channels, details.BatchNormMomentum, details.BatchNormEpsilon);
        return details.ClassCondition == ClassCondition.Table
            ? new CategoricalBatchNorm(channels, _plan.Classes, details.BatchNormMomentum, details.BatchNormEpsilon, details.ClassTableDeviation)
            : Projected(channels, _plan.Classes);
    }

    /// <summary>What the 4x4 map and each block read.</summary>
    /// <param name="z">[N, latent size].</param>
    /// <param name="classes">Labels, [N] of Int64, or shares, [N, classes]; null in an unconditional generator.</param>
    /// <returns>[N, first size], and a condition for each block.</returns>
    internal (Tensor First, Tensor?[] Blocks) Of(Tensor z, Tensor? classes)
    {
        Tensor? told = classes is null ? null : _shared?.Forward(classes) ?? Plain(classes, z.DType);
        switch (_plan.LatentUse)
        {
            case LatentUse.Chunks:
                Tensor Chunk(int index) => z.Narrow(1, index * ChunkSize, ChunkSize);
                return (Chunk(0), [.. _plan.Stages.Select((_, i) => Beside(told, Chunk(i + 1)))]);
            case LatentUse.Everywhere:
                Tensor all = Beside(told, z);
                return (all, [.. _plan.Stages.Select(_ => all)]);
            default:
                return (z, [.. _plan.Stages.Select(_ => told)]);
        }
    }

    private static Tensor Beside(Tensor? told, Tensor z) => told is null ? z : Tensor.Concat(1, told, z);

    private Tensor Plain(Tensor classes, DType type) =>
        _plan.Details.ClassCondition == ClassCondition.OneHot && classes.DType == DType.Int64 ? classes.OneHot(_plan.Classes).To(type) : classes;

    private ProjectedBatchNorm Projected(int channels, int size) => new(
        channels, size, _plan.Initializers.Shortcut, _plan.Spectral, _plan.Details.BatchNormMomentum, _plan.Details.BatchNormEpsilon, _plan.TruncationTable);
}
