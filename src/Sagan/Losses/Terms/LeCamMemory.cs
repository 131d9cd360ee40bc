using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>What <see cref="LeCam"/> remembers: moving averages of the mean logits on real and on generated pictures.</summary>
internal sealed class LeCamMemory : Module
{
    private readonly Parameter _real, _fake;

    internal LeCamMemory()
    {
        _real = Buffer("real", [1], Initializer.Zeros);
        _fake = Buffer("fake", [1], Initializer.Zeros);
    }

    /// <summary>The average on real pictures, [1].</summary>
    internal Tensor Real => _real.Value;

    /// <summary>The average on generated pictures, [1].</summary>
    internal Tensor Fake => _fake.Value;

    /// <summary>Takes in a batch's means.</summary>
    internal void Take(Tensor real, Tensor fake, double decay)
    {
        using GradMode noGrad = Autograd.NoGrad();
        _real.Value.LerpInPlace(real.Reshape(1), 1 - decay);
        _fake.Value.LerpInPlace(fake.Reshape(1), 1 - decay);
    }
}
