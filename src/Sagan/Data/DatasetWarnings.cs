namespace Sagan.Data;

/// <summary>Turns the facts about a data set into sentences about what may hurt training.</summary>
internal static class DatasetWarnings
{
    /// <summary>Below this, a class is more likely memorised than learned.</summary>
    public const int FewPictures = 50;

    /// <summary>The largest class may have this many times the pictures of the smallest.</summary>
    public const int Imbalance = 10;

    private const int Named = 3;

    public static IEnumerable<string> For(
        IReadOnlyList<ClassCount> classes,
        IReadOnlyList<SizeCount> sizes,
        IReadOnlyList<ModeCount> modes,
        IReadOnlyList<BadPicture> bad,
        IReadOnlyList<DuplicatePictures> duplicates)
    {
        if (bad.Count > 0)
            yield return $"{bad.Count} pictures cannot be decoded ({Some(bad.Select(one => one.Name))}).";
        if (classes.Count == 1)
            yield return $"There is only one class ('{classes[0].Name}'); put each class into a folder of its own to train with labels.";

        ClassCount[] small = [.. classes.Where(one => one.Count < FewPictures)];
        if (small.Length > 0)
            yield return $"{small.Length} classes have fewer than {FewPictures} pictures ({Some(small.Select(one => $"{one.Name}: {one.Count}"))}).";

        ClassCount least = classes.MinBy(one => one.Count)!;
        ClassCount most = classes.MaxBy(one => one.Count)!;
        if (most.Count > Imbalance * least.Count)
            yield return $"The classes are unbalanced: {most.Name} has {most.Count} pictures, {least.Name} has {least.Count}.";

        if (sizes.Count > 1)
            yield return $"The pictures have {sizes.Count} sizes ({Some(sizes.Select(one => $"{one.Width}x{one.Height}: {one.Count}"))}); each is cut to a square and resized.";
        if (modes.Count > 1)
            yield return $"The pictures have {modes.Count} colour modes ({Some(modes.Select(one => $"{one.Mode}: {one.Count}"))}).";

        if (duplicates.Count > 0)
            yield return $"{duplicates.Count} pictures occur more than once ({Some(duplicates.Select(one => string.Join(" = ", one.Names.Take(2))))}).";
        int wrong = duplicates.Count(one => one.AcrossClasses);
        if (wrong > 0)
            yield return $"{wrong} of the repeated pictures are in several classes, so some of their labels are wrong.";
    }

    private static string Some(IEnumerable<string> texts)
    {
        string[] first = [.. texts.Take(Named + 1)];
        return string.Join(", ", first.Take(Named)) + (first.Length > Named ? ", …" : "");
    }
}
