using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>
/// The largest singular value of every spectrally normalised weight of both networks, before the division: what grows
/// before a collapse (Brock et al. 2019, arXiv:1809.11096, section 4). Taken from the stored vectors, so that reading them
/// changes nothing; one transfer from the device for all.
/// </summary>
internal sealed class SingularValues(GanModel gan)
{
    private readonly (string Layer, Weight Weight)[] _generator = [.. gan.Generator.NormalizedWeights()];
    private readonly (string Layer, Weight Weight)[] _discriminator = [.. gan.Discriminator.NormalizedWeights()];

    /// <summary>The values now; waits for the device.</summary>
    internal (IReadOnlyList<LayerSigma> Generator, IReadOnlyList<LayerSigma> Discriminator) Read()
    {
        (string Layer, Weight Weight)[] all = [.. _generator, .. _discriminator];
        if (all is [])
            return ([], []);

        using Scope scope = Scope.Open();
        Tensor[] values = [.. all.Select(entry => entry.Weight.LargestSingularValue())];
        double[] read = Tensor.Stack(values).To(DType.Float64).ToArray<double>();
        LayerSigma[] sigmas = [.. all.Zip(read, (entry, value) => new LayerSigma(entry.Layer, value))];
        return (sigmas[.._generator.Length], sigmas[_generator.Length..]);
    }
}
