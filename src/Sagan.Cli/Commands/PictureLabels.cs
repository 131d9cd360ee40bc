using System.Globalization;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>How pictures of a snapshot are named and what their PNGs say about themselves.</summary>
/// <param name="snapshot">What draws.</param>
/// <param name="drawing">How; null where that says itself.</param>
internal sealed class PictureLabels(Snapshot snapshot, Drawing? drawing = null)
{
    private const int LongestName = 40;

    private readonly PictureTexts _texts = new(snapshot, drawing?.Truncation);

    /// <summary><c>seed0003-class05-dog.png</c>; without the class where the network knows none.</summary>
    internal string FileName(SampleRequest request)
    {
        string seed = string.Create(CultureInfo.InvariantCulture, $"seed{request.Seed:d4}");
        if (!snapshot.Model.Conditional)
            return seed + ".png";

        int digits = Math.Max(2, (snapshot.ClassNames.Count - 1).ToString(CultureInfo.InvariantCulture).Length);
        string id = request.Label.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        string name = Sanitise(snapshot.ClassNames[request.Label]);
        return $"{seed}-class{id}" + (name.Length > 0 ? $"-{name}" : "") + ".png";
    }

    /// <summary>Enough to draw the picture again: snapshot, seed, class.</summary>
    internal Dictionary<string, string> Texts(SampleRequest request) => WithStatistics(_texts.OfPicture(request));

    /// <summary>The same for a sheet.</summary>
    internal Dictionary<string, string> SheetTexts(string seeds, IReadOnlyList<int> classes)
    {
        Dictionary<string, string> texts = Common();
        texts["sagan:seeds"] = seeds;
        if (snapshot.Model.Conditional)
            texts["sagan:classes"] = string.Join(", ", classes.Select(_texts.ClassText));
        return texts;
    }

    /// <summary>The snapshot, and how it draws.</summary>
    internal Dictionary<string, string> Common() => WithStatistics(_texts.OfModel());

    private Dictionary<string, string> WithStatistics(Dictionary<string, string> texts)
    {
        if (drawing?.Standing is { } standing)
            texts["sagan:standing"] = Drawing.StandingName(standing);
        return texts;
    }

    private static string Sanitise(string name)
    {
        IEnumerable<char> letters = name.Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-');
        return string.Concat(letters.Take(LongestName)).Trim('-', '.');
    }
}
