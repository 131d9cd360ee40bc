using Sagan.Layers;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>One update of the generator.</summary>
internal sealed class GeneratorStep(TrainingConfig config, GanModel gan, Adam optimizer, Device device)
    : IDisposable
{
    private readonly Latents _latents = new(gan.Generator.LatentSize, gan.Generator.Images.Classes, config.Seed, LatentPurpose.Generator);

    /// <summary>Means of: gradient norm, loss.</summary>
    internal StepStatistics Statistics { get; } = new(2, device);

    /// <param name="step">Generator updates before: where in the stream of latents to go on.</param>
    /// <param name="rateFactor">The schedule's factor on the learning rate.</param>
    internal void Run(long step, double rateFactor)
    {
        using Scope scope = Scope.Open();
        using FreezeScope frozen = gan.Discriminator.Freeze();
        optimizer.ClearGradients();
        int batch = config.GeneratorBatchSize ?? config.BatchSize;
        int micro = config.MicroBatchSize ?? batch;
        int parts = batch / micro;

        Tensor? loss = null;
        for (int part = 0; part < parts; part++)
        {
            Tensor added = Accumulate((step * batch) + (part * micro), micro, share: 1.0 / parts);
            loss = loss is null ? added : loss + added;
        }

        Statistics.Add(optimizer.Step(rateFactor), (loss! / parts).Reshape(1));
    }

    public void Dispose() => Statistics.Dispose();

    /// <summary>Adds the gradients of one micro-batch.</summary>
    /// <returns>The loss.</returns>
    private Tensor Accumulate(long position, int count, double share)
    {
        using Scope scope = Scope.Open();
        (Tensor z, Tensor labels) = _latents.At(position, count, device);
        Tensor loss = config.Loss.ForGenerator(gan.Discriminator.Forward(gan.Generator.Forward(z, labels), labels));
        Autograd.Backward(loss * share);
        return scope.Keep(loss.Detach());
    }
}
