namespace Sagan.Data;

/// <summary>Refuses a data set because of pictures that cannot be used.</summary>
internal static class BadPictures
{
    private const int Named = 3;

    /// <exception cref="DataException">There are bad pictures and they are not to be skipped, or nothing else is left.</exception>
    public static void Judge(string where, IReadOnlyList<BadPicture> bad, int good, bool skip)
    {
        if (bad.Count == 0 || (skip && good > 0))
            return;

        string first = string.Join("; ", bad.Take(Named).Select(picture => $"{picture.Name}: {picture.Reason.TrimEnd('.')}"));
        string more = bad.Count > Named ? $"; and {bad.Count - Named} more" : "";
        string cure = good > 0 ? "repair or remove them, or pass --skip-bad" : "no picture is left";
        throw new DataException($"{bad.Count} of {bad.Count + good} pictures in '{where}' cannot be used ({first}{more}); {cure}.");
    }
}
