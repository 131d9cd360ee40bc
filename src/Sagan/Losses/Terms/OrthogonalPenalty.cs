using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>Which products of rows orthogonal regularisation wants small.</summary>
public enum OrthogonalForm
{
    /// <summary>Those of different rows: ‖W Wᵀ ∘ (1 - I)‖² (Brock et al. 2019, arXiv:1809.11096, equation 3). Lengths stay free.</summary>
    OffDiagonal,

    /// <summary>All: ‖W Wᵀ - I‖², so that lengths tend to 1 (Brock et al. 2017, arXiv:1609.07093).</summary>
    WithDiagonal,
}

/// <summary>Orthogonal regularisation: what makes BigGANs amenable to truncation of their latents.</summary>
/// <remarks>
/// The value is half of weight · ‖…‖², so that the gradient is 2 · weight · (W Wᵀ ∘ (1 - I)) W as in BigGAN-PyTorch; the
/// gradient of the norm that the paper states would be twice that. W is the raw weight, before spectral norm, as a matrix
/// [outputs, everything else]. Everything of two or more axes counts except the generator's shared embedding, which the
/// authors spare, and class tables of batch norms, whose gains stand around 1 and not around 0.
/// </remarks>
public sealed record OrthogonalPenalty : LossTerm
{
    /// <summary>Weight in the generator's loss. Default: 1e-4, paper.</summary>
    public double GeneratorWeight { get; init; } = 1e-4;

    /// <summary>Weight in the discriminator's loss. Default: 0, paper.</summary>
    public double DiscriminatorWeight { get; init; }

    /// <summary>Which products of rows count.</summary>
    public OrthogonalForm Form { get; init; }

    /// <inheritdoc/>
    public override Tensor? ForDiscriminator(LossStep step, Module? memory) =>
        Of(step.Gan.Discriminator, null, DiscriminatorWeight);

    /// <inheritdoc/>
    public override Tensor? ForGenerator(LossStep step, Module? memory) =>
        Of(step.Gan.Generator, step.Gan.Generator.SharedEmbedding, GeneratorWeight);

    /// <summary>The penalty of one weight, [outputs, …]: half of the squared norm.</summary>
    internal Tensor Of(Tensor weight)
    {
        Tensor matrix = weight.Flatten(1);
        Tensor products = matrix.MatMul(matrix.Transpose(0, 1));                    // [outputs, outputs]
        Tensor identity = Tensor.Identity(weight.Size(0), weight.DType, weight.Device);
        Tensor unwanted = Form == OrthogonalForm.OffDiagonal ? products * (1 - identity) : products - identity;
        return unwanted.Square().Sum() * 0.5;
    }

    private Tensor? Of(Module network, Module? spared, double strength)
    {
        if (strength == 0)
            return null;

        HashSet<Parameter> left = [.. network.SelfAndDescendants()
            .Where(part => part is CategoricalBatchNorm || part == spared)
            .SelectMany(part => part.NamedParameters())
            .Select(entry => entry.Value)];
        Tensor[] penalties = [.. network.NamedParameters()
            .Select(entry => entry.Value)
            .Where(parameter => parameter.Value.Rank >= 2 && !left.Contains(parameter))
            .Select(parameter => Of(parameter.Value))];
        return Tensor.Stack(penalties).Sum() * strength;
    }
}
