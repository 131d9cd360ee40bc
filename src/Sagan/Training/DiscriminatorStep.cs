using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>One update of the discriminator.</summary>
internal sealed class DiscriminatorStep(TrainingConfig config, GanModel gan, Adam optimizer, RealPictures pictures, Device device)
    : IDisposable
{
    private readonly Latents _latents = new(gan.Generator.LatentSize, gan.Generator.Images.Classes, config.Seed, LatentPurpose.Discriminator);

    /// <summary>Means of: loss, logit on real pictures, logit on generated ones, gradient norm.</summary>
    internal StepStatistics Statistics { get; } = new(4, device);

    /// <param name="images">The clock: where in the stream of latents to go on.</param>
    /// <param name="rateFactor">The schedule's factor on the learning rate.</param>
    internal void Run(long images, double rateFactor)
    {
        using Scope scope = Scope.Open();
        optimizer.ClearGradients();
        int micro = config.MicroBatchSize ?? config.BatchSize;
        int parts = config.BatchSize / micro;

        Tensor? figures = null;
        for (int part = 0; part < parts; part++)
        {
            Tensor added = Accumulate(images + (part * micro), micro, share: 1.0 / parts);
            figures = figures is null ? added : figures + added;
        }

        Statistics.Add(optimizer.Step(rateFactor), figures! / parts);
    }

    public void Dispose() => Statistics.Dispose();

    /// <summary>Adds the gradients of one micro-batch.</summary>
    /// <returns>Loss, mean logit on real and on generated pictures: [3].</returns>
    private Tensor Accumulate(long position, int count, double share)
    {
        using Scope scope = Scope.Open();
        Batch real = pictures.Next();
        Batch fake = Generate(position, count);

        (Tensor realLogits, Tensor fakeLogits) = Judge(real, fake);
        Tensor loss = config.Loss.ForDiscriminator(realLogits, fakeLogits);
        Autograd.Backward(loss * share);
        return scope.Keep(Tensor.Stack(loss.Detach(), realLogits.Detach().Mean(), fakeLogits.Detach().Mean()));
    }

    // The generator stays in training mode: its batch statistics and spectral norms advance here, too, as the authors' do.
    private Batch Generate(long position, int count)
    {
        using GradMode noGrad = Autograd.NoGrad();
        (Tensor z, Tensor labels) = _latents.At(position, count, device);
        return new Batch(gan.Generator.Forward(z, labels), labels);
    }

    private (Tensor Real, Tensor Fake) Judge(Batch real, Batch fake)
    {
        if (!config.JointPass)
            return (gan.Discriminator.Forward(real.Images, real.Labels), gan.Discriminator.Forward(fake.Images, fake.Labels));
        return gan.Discriminator
            .Forward(Tensor.Concat(0, real.Images, fake.Images), Tensor.Concat(0, real.Labels, fake.Labels))
            .Halve(0);
    }
}
