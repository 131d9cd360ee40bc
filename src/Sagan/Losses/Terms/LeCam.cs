using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>
/// LeCam regularisation (Tseng et al. 2021, arXiv:2104.03310), for few pictures: logits on real pictures shall not run away
/// above those on generated ones, measured by moving averages.
/// </summary>
/// <remarks>
/// E[max(0, real - average fake)²] + E[max(0, average real - fake)²], the averages taking in the batch first, as in the
/// authors' code and StudioGAN. Until <see cref="StartImages"/> the averages are the last batch's means, and nothing is added.
/// </remarks>
public sealed record LeCam : LossTerm
{
    /// <summary>Factor on the term. Default: 0.3, as for BigGAN on CIFAR.</summary>
    public double Weight { get; init; } = 0.3;

    /// <summary>Share of the former average that stays at each update. Default: 0.99.</summary>
    public double Decay { get; init; } = 0.99;

    /// <summary>Clock at which it begins. Default: 320,000, StudioGAN's 1,000 iterations of five updates of 64.</summary>
    public long StartImages { get; init; } = 320_000;

    /// <inheritdoc/>
    public override Module CreateMemory() => new LeCamMemory();

    /// <inheritdoc/>
    public override Tensor? ForDiscriminator(LossStep step, Module? memory)
    {
        var averages = (LeCamMemory)memory!;
        Tensor real = step.RealJudgement!.Value.Logits, fake = step.FakeJudgement.Logits;
        bool hasBegun = step.Images > StartImages;
        averages.Take(real.Detach().Mean(), fake.Detach().Mean(), hasBegun ? Decay : 0);
        if (!hasBegun)
            return null;
        return ((real - averages.Fake).Relu().Square().Mean() + (averages.Real - fake).Relu().Square().Mean()) * Weight;
    }

    /// <inheritdoc/>
    internal override void Validate(string setting)
    {
        if (Decay is < 0 or >= 1)
            throw new ConfigException($"{setting}.decay", $"is {Decay}; it must be at least 0 and below 1");
    }
}
