namespace Sagan.Data;

/// <summary>Sets a share of every class aside to test on, chosen by a hash of the pictures' places: the same pictures every time.</summary>
public static class HeldOutShare
{
    /// <summary>Splits a data set, which stays its owner's and must outlive both parts. A class of one picture stays whole.</summary>
    /// <param name="dataset">What is parted.</param>
    /// <param name="share">Of each class, above 0 and below 1; at least one picture.</param>
    public static (DatasetPart Training, DatasetPart HeldOut) Split(Dataset dataset, double share)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);

        int[] all = [.. Enumerable.Range(0, dataset.Count)];
        int[] heldOut = [.. all.GroupBy(dataset.LabelOf).SelectMany(one => Chosen([.. one], share)).Order()];
        return (
            new DatasetPart(dataset, "training part", all.Except(heldOut)),
            new DatasetPart(dataset, "held out", heldOut));
    }

    private static IEnumerable<int> Chosen(int[] pictures, double share)
    {
        int count = Math.Min(pictures.Length - 1, (int)Math.Ceiling(pictures.Length * share));
        return pictures.OrderBy(index => Shuffle.Mix((ulong)index)).Take(count);
    }
}
