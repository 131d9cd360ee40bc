namespace Sagan.Data;

/// <summary>Sets pictures aside that training must not see: those whose index hashes lowest, the same on every machine and in every run.</summary>
public static class HeldOutPictures
{
    // Any number will do; another one would hold out other pictures of runs that exist.
    private const ulong Salt = 0x68656C646F757421;

    /// <summary>Splits a data set, which stays its owner's and must outlive both parts.</summary>
    /// <exception cref="DataException">More than half would be held out.</exception>
    public static (DatasetPart Training, DatasetPart HeldOut) Split(Dataset dataset, int count)
    {
        RequireEnough(dataset, count);
        bool[] isHeldOut = new bool[dataset.Count];
        foreach (int index in Enumerable.Range(0, dataset.Count).OrderBy(index => Shuffle.Mix(Salt ^ (ulong)index)).Take(count))
            isHeldOut[index] = true;
        IEnumerable<int> all = Enumerable.Range(0, dataset.Count);
        return (
            new DatasetPart(dataset, "training part", all.Where(index => !isHeldOut[index])),
            new DatasetPart(dataset, "held out", all.Where(index => isHeldOut[index])));
    }

    /// <summary>Refuses to hold out more than a data set can spare.</summary>
    /// <exception cref="DataException">More than half would be held out.</exception>
    public static void RequireEnough(Dataset dataset, int count)
    {
        if (count > dataset.Count / 2)
            throw new DataException($"{dataset.Name}: {count} of {dataset.Count} pictures are to be held out; hold out at most half (collapse.heldOut)");
    }
}
