using System.Globalization;

namespace Sagan.Serving;

/// <summary>A network has no class of that name; the message lists those it has.</summary>
public sealed class UnknownClassException : Exception
{
    private const int Named = 50;

    /// <summary>Creates the exception for a name and the classes that there are.</summary>
    public UnknownClassException(string className, IReadOnlyList<string> known)
        : base($"there is no class '{className}'; {Listed(known)}") => ClassName = className;

    /// <summary>What was asked for.</summary>
    public string ClassName { get; }

    private static string Listed(IReadOnlyList<string> known)
    {
        if (known.Count == 0)
            return "this network was trained without classes: leave the class out";
        string more = known.Count > Named ? string.Create(CultureInfo.InvariantCulture, $", … ({known.Count} in all)") : "";
        return "there are " + string.Join(", ", known.Take(Named)) + more;
    }
}
