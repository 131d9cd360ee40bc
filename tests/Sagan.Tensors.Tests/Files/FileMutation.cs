namespace Sagan.Tensors.Tests.Files;

/// <summary>Damage to the bytes of a file: changed bytes, and in half the cases a part cut off, put in, doubled or overwritten.</summary>
internal static class FileMutation
{
    public static byte[] Of(byte[] whole, Random random)
    {
        byte[] mutant = Flip(whole, random);
        int at = random.Next(mutant.Length);
        int length = random.Next(1, Math.Min(64, mutant.Length - at) + 1);
        return random.Next(8) switch
        {
            0 => mutant[..at],
            1 => [.. mutant[..at], .. Bytes(random, length), .. mutant[at..]],
            2 => [.. mutant[..(at + length)], .. mutant[at..]],
            3 => [.. mutant[..at], .. Enumerable.Repeat((byte)255, length), .. mutant[(at + length)..]],
            _ => mutant,
        };
    }

    /// <summary>One to four bytes changed: anything, one bit, or all bits.</summary>
    private static byte[] Flip(byte[] whole, Random random)
    {
        byte[] mutant = [.. whole];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            ref byte target = ref mutant[random.Next(mutant.Length)];
            target = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(target ^ (1 << random.Next(8))),
                _ => (byte)(random.Next(2) * 255),
            };
        }

        return mutant;
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
