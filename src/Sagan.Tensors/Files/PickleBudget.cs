namespace Sagan.Tensors.Files;

/// <summary>
/// What the values of a pickle may take. One byte of pickle can make an empty dict of a hundred bytes, so that the file's
/// size alone bounds nothing; the costs are estimates that are rather too high.
/// </summary>
internal sealed class PickleBudget(long fileLength, FilePlace place)
{
    /// <summary>Granted to every file, however small: enough for some ten thousand tensors, where a BigGAN has some hundreds.</summary>
    internal const long Allowance = 64 << 20;

    /// <summary>An opcode: a number in a box, and a slot on the stack, which grows by doubling.</summary>
    internal const int Step = 56;

    /// <summary>An empty container, or a tensor's description.</summary>
    internal const int Container = 128;

    /// <summary>One value in a container or in the memo.</summary>
    internal const int Slot = 48;

    /// <summary>A byte of text, which becomes a character here and perhaps part of a message.</summary>
    internal const int TextByte = 8;

    /// <summary>A byte that is copied.</summary>
    internal const int Copy = 1;

    private long _left = fileLength + Allowance;

    /// <summary>Takes the cost of <paramref name="count"/> things, before they are made.</summary>
    /// <exception cref="ArrayFileException">There is not that much left.</exception>
    internal void Spend(int cost, long count = 1)
    {
        if (count > _left / cost)
            throw place.Wrong($"describes more values than a file of {fileLength} bytes may; refused");

        _left -= cost * count;
    }
}
