namespace Sagan.Tensors.Tests.Files;

/// <summary>The files that make-torch-samples.py wrote, beside the tests.</summary>
internal static class TorchSample
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Files", "Samples", name);

    public static byte[] Read(string name) => File.ReadAllBytes(Path(name));
}
