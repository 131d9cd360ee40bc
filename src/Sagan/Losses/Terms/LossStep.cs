using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>What a step did before the terms of its loss are computed: all that a term may look at.</summary>
public sealed record LossStep
{
    /// <summary>The networks.</summary>
    public required GanModel Gan { get; init; }

    /// <summary>The latents that the generated pictures came from, [N, latent size].</summary>
    public required Tensor Latents { get; init; }

    /// <summary>Generated pictures: constants in the discriminator's step, with their graph in the generator's.</summary>
    public required Batch Fake { get; init; }

    /// <summary>The discriminator's judgement of them.</summary>
    public required Judgement FakeJudgement { get; init; }

    /// <summary>Real pictures; null in a generator's step that draws none.</summary>
    public Batch? Real { get; init; }

    /// <summary>The discriminator's judgement of them.</summary>
    public Judgement? RealJudgement { get; init; }

    /// <summary>Judges other pictures as the step does: augmented, where it augments.</summary>
    public required Func<Batch, Judgement> Judge { get; init; }

    /// <summary>Random numbers for this step.</summary>
    public required Draws Draws { get; init; }

    /// <summary>Updates of the network before this one.</summary>
    public required long Update { get; init; }

    /// <summary>The clock: real pictures shown so far.</summary>
    public required long Images { get; init; }
}
