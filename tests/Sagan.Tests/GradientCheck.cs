using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Tests;

/// <summary>Compares autograd's gradients with central differences, in double precision, element by element.</summary>
/// <remarks>
/// With steps of 1e-6 rounding leaves about 1e-10 of the output in a difference, and no ReLU or maximum of these small
/// networks sits so near its kink that a step crosses it.
/// </remarks>
internal static class GradientCheck
{
    private const double Step = 1e-6;
    private const double Tolerance = 1e-6;

    /// <summary>Numbers from a normal distribution, as a leaf that asks for a gradient.</summary>
    internal static Tensor Leaf(RandomSource random, params ReadOnlySpan<long> shape)
    {
        Tensor leaf = Tensor.Zeros(shape, DType.Float64);
        leaf.FillNormal(random, 0, 1);
        leaf.RequiresGrad = true;
        return leaf;
    }

    /// <summary>
    /// Draws a module's values, in double precision. What starts at a constant (biases, gains, gamma, statistics) is
    /// disturbed, because at 0 and 1 many mistakes do not show.
    /// </summary>
    internal static T Prepare<T>(T module, RandomSource random)
        where T : Module
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        module.Initialize(random);
        module.To(DType.Float64);
        foreach ((string name, Parameter value) in module.State())
        {
            string leaf = name.Split('.')[^1];
            if (leaf is "weight" or "u" or "v")
                continue;
            Tensor noise = value.Value.ZerosLike();
            noise.FillUniform(random, 0.1, 0.6);
            value.Value.AddInPlace(noise);
        }

        return module;
    }

    /// <summary>Checks the gradients of a function of leaves; of its output every element counts, each with a weight of its own.</summary>
    /// <param name="forward">Reads the leaves and returns a tensor of any shape; may be called any number of times.</param>
    /// <param name="leaves">With regard to what; by name for the message.</param>
    internal static void Require(Func<Tensor> forward, params (string Name, Tensor Leaf)[] leaves)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(99);
        Tensor output = forward();
        Tensor weights = output.Detach().ZerosLike();
        weights.FillNormal(random, 0, 1);
        Tensor[] gradients = Autograd.Gradients((output * weights).Sum(), [.. leaves.Select(entry => entry.Leaf)]);

        double[][] analytic = [.. gradients.Select(gradient => gradient.ToArray<double>())];
        double largest = analytic.Max(gradient => gradient.Max(Math.Abs));
        Assert.True(largest > 1e-3, "All gradients vanish: nothing is checked.");
        for (int i = 0; i < leaves.Length; i++)
            RequireLeaf(forward, weights, leaves[i], analytic[i], largest);
    }

    /// <summary>Checks the gradients with regard to some inputs and to all parameters of a module.</summary>
    internal static void Require(Module module, Func<Tensor> forward, params (string Name, Tensor Leaf)[] inputs) =>
        Require(forward, [.. inputs, .. module.NamedParameters().Select(entry => (entry.Name, entry.Value.Value))]);

    // A gradient that vanishes by construction (a bias before a batch norm) is measured against the others.
    private static void RequireLeaf(Func<Tensor> forward, Tensor weights, (string Name, Tensor Leaf) entry, double[] analytic, double largest)
    {
        double scale = Math.Max(analytic.Max(Math.Abs), 1e-3 * largest);
        double[] values = entry.Leaf.Detach().ToArray<double>();
        double error = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double here = values[i];
            double above = Loss(forward, weights, entry.Leaf, values, i, here + Step);
            double below = Loss(forward, weights, entry.Leaf, values, i, here - Step);
            values[i] = here;
            error = Math.Max(error, Math.Abs((above - below) / (2 * Step) - analytic[i]) / scale);
        }

        Set(entry.Leaf, values);
        Assert.True(error <= Tolerance, $"{entry.Name}: gradient and finite difference differ by {error:e2} of the largest");
    }

    private static double Loss(Func<Tensor> forward, Tensor weights, Tensor leaf, double[] values, int index, double value)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        values[index] = value;
        Set(leaf, values);
        return (forward() * weights).Sum().Item();
    }

    private static void Set(Tensor leaf, double[] values)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        leaf.CopyFrom(Tensor.From(values, leaf.Shape));
    }
}
