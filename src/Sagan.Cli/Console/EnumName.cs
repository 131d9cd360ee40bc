namespace Sagan.Cli.Console;

/// <summary>What the command line and its JSON call the values of an enum: one word in lower case.</summary>
internal static class EnumName
{
    internal static string Of<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    internal static string[] All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];
}
