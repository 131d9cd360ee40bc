namespace Sagan.Data.Toybox;

/// <summary>
/// Random numbers of one picture: the n-th is a pure function of (seed, class, picture, n), with integer
/// arithmetic only, so that every machine and every thread draws the same. The mixing function is the
/// finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
/// </summary>
internal struct CounterRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private readonly ulong _key;
    private ulong _counter;

    public CounterRandom(long seed, int classIndex, int pictureIndex)
    {
        ulong key = Mix((ulong)seed + GoldenGamma);
        key = Mix(key ^ (((ulong)(uint)classIndex << 32) | (uint)pictureIndex));

        _key = key;
    }

    /// <summary>Uniform in [0, 1), from the upper 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double Between(double low, double high) => low + ((high - low) * Unit());

    /// <summary>Uniform among 0 … count - 1.</summary>
    public int Below(int count) => (int)(Unit() * count);

    private ulong Next()
    {
        _counter++;
        return Mix(_key + (GoldenGamma * _counter));
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
