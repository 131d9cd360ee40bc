using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tensors.Functional;

namespace Sagan.Benchmarks;

/// <summary>Two networks, what goes in and what comes out, in one safetensors file.</summary>
/// <param name="workload">Which networks; its batch is the number of pictures.</param>
/// <param name="type">Of all values; double precision leaves no room for rounding to hide a mistake, nor to look like one.</param>
internal sealed class SampleFile(Workload workload, DType type)
{
    private readonly List<SafetensorsEntry> _entries = [];

    /// <summary>
    /// Writes all values of both networks; z, labels and pictures; then G(z) and D(pictures) in evaluation mode, and losses and
    /// gradient norms of one update of each network in training mode.
    /// </summary>
    internal void Write(string path)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        ImageSpec images = workload.Images;
        using GanModel gan = workload.Config.Model.Build(images, random);
        Roughen(gan.Generator, random);
        Roughen(gan.Discriminator, random);
        gan.Generator.To(type);
        gan.Discriminator.To(type);
        AddState("generator", gan.Generator);
        AddState("discriminator", gan.Discriminator);

        int count = workload.Config.BatchSize;
        Tensor z = Tensor.Normal([count, gan.Generator.LatentSize], random).To(type);
        Tensor labels = Tensor.From<long>([.. Enumerable.Range(0, count).Select(i => (long)(i * 7 % images.Classes))], count);
        Tensor pictures = Tensor.Zeros([count, images.Channels, images.Resolution, images.Resolution]);
        pictures.FillUniform(random, -1, 1);
        pictures = pictures.To(type);
        Add("z", z);
        Add("labels", labels);
        Add("pictures", pictures);

        AddOutputs(gan, z, labels, pictures);
        AddDiscriminatorUpdate(gan, z, labels, pictures);
        AddGeneratorUpdate(gan, z, labels);
        SafetensorsWriter.Write(path, _entries, new Dictionary<string, string> { ["workload"] = workload.Describe() });
    }

    // New networks hide mistakes: biases are 0, gains 1, attention is switched off, statistics do nothing.
    private static void Roughen(Module network, RandomSource random)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        foreach ((_, Parameter parameter) in network.State().Where(entry => entry.Value.Name is "bias" or "gain" or "gamma" or "mean" or "variance"))
        {
            Tensor noise = Tensor.Zeros(parameter.Value.Shape);
            noise.FillUniform(random, 0, 0.3);
            parameter.Value.AddInPlace(noise);
        }
    }

    private void AddState(string prefix, Module network)
    {
        foreach ((string name, Parameter value) in network.State())
            Add($"{prefix}.{name}", value.Value);
    }

    private void AddOutputs(GanModel gan, Tensor z, Tensor labels, Tensor pictures)
    {
        using GradMode noGrad = Autograd.NoGrad();
        using ModeScope generatorMode = gan.Generator.Eval();
        using ModeScope discriminatorMode = gan.Discriminator.Eval();
        Add("generated", gan.Generator.Forward(z, labels).Contiguous());
        Add("logits", gan.Discriminator.Forward(pictures, labels));
    }

    private void AddDiscriminatorUpdate(GanModel gan, Tensor z, Tensor labels, Tensor pictures)
    {
        Tensor fake = gan.Generator.Forward(z, labels).Detach();
        (Tensor real, Tensor judged) = workload.Config.JointPass
            ? gan.Discriminator.Forward(Tensor.Concat(0, pictures, fake), Tensor.Concat(0, labels, labels)).Halve(0)
            : (gan.Discriminator.Forward(pictures, labels), gan.Discriminator.Forward(fake, labels));
        AddUpdate("discriminator", gan.Discriminator, workload.Config.Loss.ForDiscriminator(real, judged));
    }

    private void AddGeneratorUpdate(GanModel gan, Tensor z, Tensor labels)
    {
        using FreezeScope frozen = gan.Discriminator.Freeze();
        AddUpdate("generator", gan.Generator, workload.Config.Loss.ForGenerator(gan.Discriminator.Forward(gan.Generator.Forward(z, labels), labels)));
    }

    private void AddUpdate(string name, Module network, Tensor loss)
    {
        Autograd.Backward(loss);
        Add($"loss.{name}", loss.Detach());
        Add($"gradient.{name}", Foreach.Norm([.. network.NamedParameters().Select(entry => entry.Value.Value.Gradient!)]));
    }

    // Copied at once: training mode changes what was written before.
    private void Add(string name, Tensor tensor)
    {
        byte[] bytes = new byte[tensor.Count * tensor.DType.Size()];
        tensor.CopyBytesTo(bytes);
        _entries.Add(new SafetensorsEntry(name, new HostArray(tensor.DType, tensor.Shape, bytes)));
    }
}
