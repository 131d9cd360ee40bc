namespace Sagan.Tensors;

/// <summary>
/// Random numbers whose n-th is a pure function of (seed, stream, n), with integer arithmetic only: the same on every
/// machine, thread and device, and resumable without any state.
/// </summary>
/// <remarks>The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").</remarks>
public struct CounterRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private readonly ulong _key;
    private ulong _counter;

    /// <summary>The numbers of one stream of a seed.</summary>
    public CounterRandom(long seed, ulong stream) => _key = Mix(Mix((ulong)seed + GoldenGamma) ^ stream);

    /// <summary>64 random bits.</summary>
    public ulong Bits()
    {
        _counter++;
        return Mix(_key + (GoldenGamma * _counter));
    }

    /// <summary>Uniform in [0, 1), from the upper 53 bits.</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double Between(double low, double high) => low + ((high - low) * Unit());

    /// <summary>Uniform among 0 … count - 1.</summary>
    public int Below(int count) => (int)(Unit() * count);

    /// <summary>Fills with independent standard normal numbers, two from two uniform ones (Box and Muller 1958).</summary>
    public void FillNormal(Span<float> values)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - Unit()));
            double angle = 2 * Math.PI * Unit();
            values[i] = (float)(radius * Math.Cos(angle));
            if (i + 1 < values.Length)
                values[i + 1] = (float)(radius * Math.Sin(angle));
        }
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
