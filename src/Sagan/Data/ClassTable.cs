namespace Sagan.Data;

/// <summary>How many pictures each class of an opened data set has, and what that means for training.</summary>
public sealed class ClassTable
{
    private ClassTable(IReadOnlyList<ClassCount> classes) => Classes = classes;

    /// <summary>Classes in the order of labels.</summary>
    public IReadOnlyList<ClassCount> Classes { get; }

    /// <summary>Sentences about what may hurt training.</summary>
    public IEnumerable<string> Warnings => DatasetWarnings.For(Classes, [], [], [], []);

    /// <summary>Counts the labels of a data set.</summary>
    public static ClassTable Of(Dataset dataset)
    {
        int[] counts = new int[dataset.ClassNames.Count];
        for (int i = 0; i < dataset.Count; i++)
            counts[dataset.LabelOf(i)]++;
        return new ClassTable([.. counts.Select((count, label) => new ClassCount(dataset.ClassNames[label], count))]);
    }
}
