using System.Text.Json;
using Sagan.Metrics;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Metrics;

/// <summary>The shared metric fixtures: features, and what the tools' own functions say of them.</summary>
internal static class MetricFixtures
{
    internal const string Folder = "fixtures/metrics";

    internal static string File(string name) => SharedFactAttribute.Find($"{Folder}/{name}") ?? throw new FileNotFoundException($"shared/{Folder}/{name} is not there.");

    internal static FeatureSet Features(string name) => FeatureSet.From(NpyFile.Read(File(name + ".npy")));

    internal static long[] Labels(string name) => NpyFile.Read(File(name + ".npy")).As<long>().ToArray();

    /// <summary>Whole numbers of 32 bits, all rows one behind the other.</summary>
    internal static int[] Places(string name) => NpyFile.Read(File(name + ".npy")).As<int>().ToArray();

    internal static JsonElement Expected()
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(File("expected.json")));
        return document.RootElement.Clone();
    }
}
