using System.Text;

namespace Sagan.Tensors.Files;

/// <summary>
/// An array file that cannot be read or written: which file, where in it, what is wrong. Missing files and
/// refused access stay the exceptions of System.IO.
/// </summary>
public sealed class ArrayFileException : Exception
{
    private const int LongestPart = 400;

    /// <summary>Creates the exception; its message is the one line "path: place: problem".</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">The part of the file: "header", "tensor 'conv1.weight'", "entry 'data.pkl'".</param>
    /// <param name="problem">What is wrong and, where there is one, the cure.</param>
    /// <param name="cause">The exception underneath, if any.</param>
    public ArrayFileException(string path, string place, string problem, Exception? cause = null)
        : base($"{OneLine(path)}: {OneLine(place)}: {OneLine(problem)}", cause)
    {
        Path = path;
        Place = place;
        Problem = problem;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The part of the file.</summary>
    public string Place { get; }

    /// <summary>What is wrong with it.</summary>
    public string Problem { get; }

    /// <summary>Names come from the file itself: a hostile one must not break or flood a log.</summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, LongestPart) + 1);
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, LongestPart)))
            line.Append(char.IsControl(c) ? ' ' : c);

        return text.Length > LongestPart ? line.Append('…').ToString() : line.ToString();
    }
}
