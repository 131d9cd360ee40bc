using System.Numerics;

namespace Sagan.Metrics;

/// <summary>
/// Permutations as numpy.random.RandomState draws them, which its makers froze for good: for the same seed, metrics look at
/// the same pictures in the same order as the Python tools do.
/// </summary>
/// <remarks>
/// The Mersenne Twister (Matsumoto and Nishimura 1998, mt19937ar), seeded by one integer; the shuffle of Fisher and Yates from the
/// end, its places drawn by masking and rejecting (numpy's legacy random_interval).
/// </remarks>
internal sealed class NumpyRandom
{
    private const int Words = 624;
    private const int Lag = 397;

    private readonly uint[] _state = new uint[Words];
    private int _next = Words;

    /// <summary>RandomState(seed).</summary>
    internal NumpyRandom(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Words; i++)
            _state[i] = (1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + i;
    }

    /// <summary>permutation(count): the numbers below count in random order. Its first m are choice(count, m, replace=False).</summary>
    internal int[] Permutation(int count)
    {
        int[] places = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int other = (int)UpTo((uint)i);
            (places[i], places[other]) = (places[other], places[i]);
        }

        return places;
    }

    private uint UpTo(uint most)
    {
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(most);
        uint value;
        do
        {
            value = Bits() & mask;
        }
        while (value > most);
        return value;
    }

    private uint Bits()
    {
        if (_next == Words)
            Twist();

        uint bits = _state[_next++];
        bits ^= bits >> 11;
        bits ^= (bits << 7) & 0x9d2c5680;
        bits ^= (bits << 15) & 0xefc60000;
        return bits ^ (bits >> 18);
    }

    private void Twist()
    {
        const uint UpperBit = 0x80000000;

        for (int i = 0; i < Words; i++)
        {
            uint joined = (_state[i] & UpperBit) | (_state[(i + 1) % Words] & ~UpperBit);
            _state[i] = _state[(i + Lag) % Words] ^ (joined >> 1) ^ ((joined & 1) * 0x9908b0df);
        }

        _next = 0;
    }
}
