using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Augmentations;

/// <summary>What <see cref="AdaptiveAugmentation"/> remembers: p, and the signs seen since p last moved.</summary>
internal sealed class AdaptiveMemory : Module
{
    private readonly Parameter _probability, _signs, _pictures;

    internal AdaptiveMemory(double probability)
    {
        _probability = Buffer("probability", [1], Initializer.Zeros);
        _signs = Buffer("signs", [1], Initializer.Zeros);
        _pictures = Buffer("pictures", [1], Initializer.Zeros);
        _probability.Value.Fill(probability);
    }

    /// <summary>p; waits for the device.</summary>
    internal double Probability => Read(_probability);

    /// <param name="logits">Of real pictures, [N].</param>
    internal void Observe(Tensor logits)
    {
        using Scope scope = Scope.Open();
        _signs.Value.AddInPlace(logits.Sign().Sum());
        _pictures.Value.AddInPlace(Tensor.Full([1], logits.Count, device: logits.Device));
    }

    /// <summary>Moves p by one picture's share of the ramp for each picture seen, up or down, and forgets them.</summary>
    internal void Adapt(double target, long rampImages)
    {
        double pictures = Read(_pictures);
        if (pictures == 0)
            return;
        double step = Math.Sign((Read(_signs) / pictures) - target) * pictures / rampImages;
        _probability.Value.Fill(Math.Clamp(Probability + step, 0, 1));
        _signs.Value.Fill(0);
        _pictures.Value.Fill(0);
    }

    private static double Read(Parameter number)
    {
        using Scope scope = Scope.Open();
        return number.Value.Item();
    }
}
