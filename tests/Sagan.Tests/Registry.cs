using System.Reflection;
using System.Text.Json.Serialization;

namespace Sagan.Tests;

/// <summary>What a registry of records lists: tests that go through it include what is added later.</summary>
internal static class Registry
{
    /// <summary>The kinds, as configurations name them.</summary>
    internal static IEnumerable<string> Kinds<T>() => Lines<T>().Select(line => (string)line.TypeDiscriminator!);

    /// <summary>A record of a kind, with its defaults.</summary>
    internal static T Create<T>(string kind) =>
        (T)Activator.CreateInstance(Lines<T>().Single(line => (string)line.TypeDiscriminator! == kind).DerivedType)!;

    /// <summary>The types behind the kinds.</summary>
    internal static IEnumerable<Type> Types<T>() => Lines<T>().Select(line => line.DerivedType);

    private static IEnumerable<JsonDerivedTypeAttribute> Lines<T>() => typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>();
}
