using System.Numerics;

namespace Sagan.Data;

/// <summary>
/// An endless stream of indices in which every epoch is a permutation of its own. There is nothing to save:
/// the index at a position is a function of seed and position.
/// </summary>
/// <remarks>
/// A Feistel network permutes the numbers below the next power of four; numbers outside the data set are
/// permuted again until they fall inside (cycle walking: Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002).
/// </remarks>
public sealed class Shuffle
{
    private const int Rounds = 8;

    // Very small domains have too few different networks; 64 numbers are plenty.
    private const int FewestHalfBits = 3;

    private readonly int _count;
    private readonly ulong _seed;
    private readonly int _halfBits;

    /// <summary>Creates the stream.</summary>
    /// <param name="count">Number of pictures, at least 1.</param>
    /// <param name="seed">Another seed, another stream.</param>
    public Shuffle(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _count = count;
        _seed = seed;
        int bits = 32 - BitOperations.LeadingZeroCount((uint)(count - 1));
        _halfBits = Math.Max((bits + 1) / 2, FewestHalfBits);
    }

    /// <summary>The epoch that a position belongs to, and the picture shown there.</summary>
    /// <param name="position">Pictures shown before, from 0.</param>
    public (long Epoch, int Index) At(long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        long epoch = Math.DivRem(position, _count, out long place);
        ulong key = Mix(_seed ^ Mix((ulong)epoch));

        uint value = (uint)place;
        do
        {
            value = Permute(value, key);
        }
        while (value >= (uint)_count);
        return (epoch, (int)value);
    }

    /// <summary>Scrambles 64 bits so that every input bit changes about half of the output bits.</summary>
    /// <remarks>The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).</remarks>
    internal static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private uint Permute(uint value, ulong key)
    {
        uint mask = (1u << _halfBits) - 1;
        uint left = value >> _halfBits;
        uint right = value & mask;
        for (int round = 0; round < Rounds; round++)
        {
            uint scrambled = (uint)Mix(key + ((ulong)round << 32) + right) & mask;
            (left, right) = (right, left ^ scrambled);
        }

        return (left << _halfBits) | right;
    }
}
