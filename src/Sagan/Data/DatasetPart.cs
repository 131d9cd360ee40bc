using System.Globalization;

namespace Sagan.Data;

/// <summary>Some pictures of a data set, as a data set. The whole stays the caller's and must outlive its parts.</summary>
public sealed class DatasetPart : Dataset
{
    private readonly Dataset _whole;
    private readonly int[] _indices;
    private readonly string _suffix;

    private DatasetPart(Dataset whole, int[] indices, string suffix)
    {
        _whole = whole;
        _indices = indices;
        _suffix = suffix;
    }

    /// <inheritdoc/>
    public override string Name => $"{_whole.Name} ({_suffix})";

    /// <inheritdoc/>
    public override string Fingerprint => $"{_whole.Fingerprint}-{_suffix}".Replace(' ', '-');

    /// <inheritdoc/>
    public override int Count => _indices.Length;

    /// <inheritdoc/>
    public override int Channels => _whole.Channels;

    /// <inheritdoc/>
    public override int Height => _whole.Height;

    /// <inheritdoc/>
    public override int Width => _whole.Width;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => _whole.ClassNames;

    /// <summary>
    /// Holds back a share of every class, chosen by a hash of the pictures' places: the same pictures every time. A class
    /// of one picture stays whole.
    /// </summary>
    /// <param name="whole">What is parted.</param>
    /// <param name="share">Of each class, above 0 and below 1; at least one picture.</param>
    /// <returns>Two parts; neither is empty unless no class has two pictures.</returns>
    public static (DatasetPart Kept, DatasetPart HeldOut) HoldOut(Dataset whole, double share)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);

        int[] heldOut =
        [
            .. Enumerable.Range(0, whole.Count).GroupBy(whole.LabelOf).SelectMany(one => Chosen([.. one], share)).Order(),
        ];
        string percent = (share * 100).ToString("0.##", CultureInfo.InvariantCulture);
        return (
            new DatasetPart(whole, [.. Enumerable.Range(0, whole.Count).Except(heldOut)], $"without {percent}%"),
            new DatasetPart(whole, heldOut, $"held out {percent}%"));
    }

    /// <inheritdoc/>
    public override int LabelOf(int index) => _whole.LabelOf(_indices[index]);

    /// <inheritdoc/>
    public override void Read(int index, Span<byte> chw) => _whole.Read(_indices[index], chw);

    private static IEnumerable<int> Chosen(int[] pictures, double share)
    {
        int count = Math.Min(pictures.Length - 1, (int)Math.Ceiling(pictures.Length * share));
        return pictures.OrderBy(index => Shuffle.Mix((ulong)index)).Take(count);
    }
}
