using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>Random numbers of one step that are a pure function of (seed, purpose, position): nothing to save, the same on every device.</summary>
/// <param name="seed">Another seed, other draws.</param>
/// <param name="purpose">What the draws are for.</param>
/// <param name="position">Where in the stream of pictures the step stands.</param>
/// <param name="device">Where tensors are made.</param>
public sealed class Draws(long seed, DrawPurpose purpose, long position, Device device)
{
    private CounterRandom _random = new(seed, ((ulong)purpose << 56) | (ulong)position);

    /// <summary>Independent numbers, uniform in [least, most).</summary>
    public Tensor Uniform(ReadOnlySpan<long> shape, double least = 0, double most = 1)
    {
        float[] values = new float[Count(shape)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)_random.Between(least, most);
        return Tensor.From<float>(values, shape, device);
    }

    /// <summary>Independent standard normal numbers.</summary>
    public Tensor Normal(ReadOnlySpan<long> shape)
    {
        float[] values = new float[Count(shape)];
        _random.FillNormal(values);
        return Tensor.From<float>(values, shape, device);
    }

    /// <summary>Independent whole numbers, uniform among least … most, both included.</summary>
    /// <returns>Int64.</returns>
    public Tensor Whole(ReadOnlySpan<long> shape, int least, int most)
    {
        long[] values = new long[Count(shape)];
        for (int i = 0; i < values.Length; i++)
            values[i] = least + _random.Below(most - least + 1);
        return Tensor.From<long>(values, shape, device);
    }

    /// <summary>One number on the host, uniform in [least, most).</summary>
    public double NextUniform(double least = 0, double most = 1) => _random.Between(least, most);

    /// <summary>One standard normal number on the host.</summary>
    public double NextNormal()
    {
        float value = 0;
        _random.FillNormal(new Span<float>(ref value));
        return value;
    }

    /// <summary>One whole number on the host, uniform among least … most, both included.</summary>
    public int NextWhole(int least, int most) => least + _random.Below(most - least + 1);

    private static int Count(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long size in shape)
            count *= size;
        return checked((int)count);
    }
}
