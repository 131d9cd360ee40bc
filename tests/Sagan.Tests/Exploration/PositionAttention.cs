using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Tests.Exploration;

/// <summary>An attention layer whose weights make every position of a 4x4 map look at exactly one place.</summary>
internal static class PositionAttention
{
    private const int Side = 4;
    private const int Channels = 16;

    /// <summary>The map of a forward pass.</summary>
    /// <param name="target">Where a position looks, by position.</param>
    internal static AttentionMap LookingAt(Func<int, int> target)
    {
        using Scope scope = Scope.Open();
        using var layer = new SelfAttention(Channels, Initializer.Zeros, form: AttentionForm.Paper);
        Set(layer, "query.weight", channel: 0);
        Set(layer, "key.weight", channel: 2);

        // Two channels say as a point on a circle where a position looks, two more where it is; neighbours differ by 22.5 degrees.
        float[] x = new float[Channels * Side * Side];
        for (int position = 0; position < Side * Side; position++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * target(position) / (Side * Side));
            (double ownSine, double ownCosine) = Math.SinCos(2 * Math.PI * position / (Side * Side));
            foreach ((int channel, double value) in new[] { cosine, sine, ownCosine, ownSine }.Index())
                x[(channel * Side * Side) + position] = (float)value;
        }

        using var probe = new AttentionProbe(layer);
        layer.Forward(Tensor.From<float>(x, [1, Channels, Side, Side]));
        return probe.Maps[0][0];
    }

    private static void Set(SelfAttention layer, string name, int channel)
    {
        using GradMode noGrad = Autograd.NoGrad();
        float[] weight = new float[2 * Channels];
        weight[channel] = weight[Channels + channel + 1] = 16;
        layer.NamedParameters().Single(entry => entry.Name == name).Value.Value.CopyFrom(Tensor.From<float>(weight, [2, Channels, 1, 1]));
    }
}
