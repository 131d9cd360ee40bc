namespace Sagan.Classifiers;

/// <summary>How often pictures of each class were taken for each class.</summary>
/// <param name="classes">Number of classes.</param>
public sealed class ConfusionMatrix(int classes)
{
    private readonly long[] _counts = new long[classes * classes];

    /// <summary>Number of classes.</summary>
    public int Classes => classes;

    /// <summary>Pictures counted.</summary>
    public long Total => _counts.Sum();

    /// <summary>Pictures of a class that were taken for another, or for itself.</summary>
    public long this[int label, int guess] => _counts[(label * classes) + guess];

    /// <summary>Share of all pictures whose class was told; 0 without pictures.</summary>
    public double Accuracy => Total == 0 ? 0 : (double)Enumerable.Range(0, classes).Sum(label => this[label, label]) / Total;

    /// <summary>Counts one picture.</summary>
    public void Add(int label, int guess) => _counts[(label * classes) + guess]++;

    /// <summary>Pictures of a class.</summary>
    public long CountOf(int label) => Enumerable.Range(0, classes).Sum(guess => this[label, guess]);

    /// <summary>Share of a class's pictures that were told; null where there are none.</summary>
    public double? AccuracyOf(int label) => CountOf(label) is > 0 and long count ? (double)this[label, label] / count : null;

    /// <summary>The wrong class that pictures of a class are most often taken for; null where that never happens.</summary>
    public int? RivalOf(int label)
    {
        int rival = Enumerable.Range(0, classes).Where(guess => guess != label).OrderByDescending(guess => this[label, guess]).FirstOrDefault(-1);
        return rival >= 0 && this[label, rival] > 0 ? rival : null;
    }
}
