using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>Pictures of latents that a user hands in.</summary>
internal sealed class LatentSampling
{
    private readonly Snapshot _snapshot;
    private readonly float[] _latents;
    private readonly long[] _labels;

    private LatentSampling(Snapshot snapshot, float[] latents, long[] labels)
    {
        _snapshot = snapshot;
        _latents = latents;
        _labels = labels;
    }

    /// <summary>Reads and checks the files.</summary>
    /// <param name="snapshot">What will draw.</param>
    /// <param name="latentFile">float32 [N, latent size].</param>
    /// <param name="labelFile">int64 [N]; null where the network knows no classes.</param>
    /// <exception cref="ArrayFileException">A file does not fit the network.</exception>
    internal static LatentSampling Read(Snapshot snapshot, string latentFile, string? labelFile)
    {
        HostArray latents = ArrayInput.Floats(latentFile, "latents of this network", snapshot.Model.LatentSize);
        long count = latents.Shape[0];
        ImageSpec images = snapshot.Images;
        if (count * images.Channels * images.Resolution * images.Resolution > Array.MaxLength / sizeof(float))
            throw new ArrayFileException(latentFile, "npy", $"the pictures of {count} latents take more than the 2 GiB of one array; split the file");

        long[] labels = labelFile is null ? new long[count] : ArrayInput.Labels(labelFile, count, images.Classes);
        return new LatentSampling(snapshot, latents.ToFloat32(), labels);
    }

    /// <summary>Draws and writes float32 [N, C, H, W].</summary>
    internal void Write(Generator generator, Device device, string file, bool json)
    {
        float[] pictures = DataView.WithProgress(progress => PictureSampler.Draw(generator, device, _latents, _labels, progress));

        int resolution = _snapshot.Images.Resolution;
        NpyFile.Write(file, HostArray.Of<float>(pictures, _labels.Length, _snapshot.Images.Channels, resolution, resolution));
        System.Console.WriteLine(json
            ? new JsonObject { ["snapshot"] = _snapshot.Path, ["images"] = _snapshot.Clock, ["saved"] = file, ["count"] = _labels.Length }.ToJsonString()
            : $"[{_labels.Length}, {_snapshot.Images.Channels}, {resolution}, {resolution}] pictures of {Path.GetFileName(_snapshot.Path)} in {file}");
    }
}
