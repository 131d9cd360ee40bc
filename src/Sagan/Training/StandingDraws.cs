using Sagan.Data;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>Standing statistics of a generator at a truncation: those of whole batches as the sampled latents make them.</summary>
/// <remarks>
/// Other latents, other statistics: they have to be taken anew at every threshold (Brock et al. 2019, arXiv:1809.11096,
/// section 3.1). Classes are uniform, as in training, whichever are drawn afterwards.
/// </remarks>
/// <param name="Batches">How many. Default: 16, as BigGAN's authors' code; their paper takes 100.</param>
/// <param name="BatchSize">Pictures in a batch; what the network was trained with suits it best.</param>
public sealed record StandingDraws(int Batches = 16, int BatchSize = 64)
{
    /// <summary>Replaces the running statistics of a generator in evaluation mode. The same numbers give the same statistics.</summary>
    /// <param name="generator">Its batch statistics change; one that has none is left as it is.</param>
    /// <param name="device">Where the generator lives.</param>
    /// <param name="truncation">Of the latents.</param>
    /// <param name="progress">Told after every batch.</param>
    public void Apply(Generator generator, Device device, Truncation? truncation, IProgress<DataProgress>? progress = null)
    {
        if (!generator.SelfAndDescendants().OfType<BatchStatistics>().Any())
            return;

        var latents = new Latents(generator.LatentSize, generator.Images.Classes, seed: 0, DrawPurpose.StandingStatistics) { Truncation = truncation };
        StandingStatistics.Accumulate(generator, Batches, batch =>
        {
            (Tensor z, Tensor labels) = latents.At((long)batch * BatchSize, BatchSize, device);
            generator.Forward(z, labels);
            progress?.Report(new DataProgress("Standing statistics", batch + 1, Batches));
        });
    }
}
