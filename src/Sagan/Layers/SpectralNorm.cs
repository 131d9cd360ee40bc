namespace Sagan.Layers;

/// <summary>Division of a weight by its largest singular value (Miyato et al. 2018, arXiv:1802.05957).</summary>
/// <remarks>
/// The singular value is estimated by power iteration from stored vectors, which advance a forward pass in training
/// only, by one step unless told otherwise. Gradients flow through the weight and not through the vectors, as in the authors' code.
/// </remarks>
public sealed record SpectralNorm
{
    /// <summary>What the authors' code does.</summary>
    public static SpectralNorm Default { get; } = new();

    /// <summary>Lower bound of the norms divided by. Default: 1e-12 (sngan_projection, torch); BigGAN uses 1e-4 to 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-12;

    /// <summary>
    /// True: evaluation, too, takes one step from the stored vector, and forgets it (BigGAN-PyTorch). False: evaluation uses
    /// the stored vectors as they are (torch, mimicry).
    /// </summary>
    public bool RefreshInEvaluation { get; init; }

    /// <summary>Steps of the power iteration a forward pass in training. Default: 1, everybody's, and at least that; evaluation never takes more.</summary>
    public int Iterations { get; init; } = 1;
}
