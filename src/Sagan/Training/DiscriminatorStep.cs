using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Training.Profiling;

namespace Sagan.Training;

/// <summary>One update of the discriminator.</summary>
internal sealed class DiscriminatorStep(
    TrainingConfig config, GanModel gan, Optimizer optimizer, RealPictures pictures, LossTerms terms, Augmenter augmenter, StepPhases phases, Device device)
    : IDisposable
{
    private readonly Latents _latents = new(gan.Generator.LatentSize, gan.Generator.Images.Classes, config.Seed, DrawPurpose.Discriminator);

    /// <summary>Means of: gradient norm, loss without its terms, the terms, logit on real pictures, logit on generated ones.</summary>
    internal StepStatistics Statistics { get; } = new(5, device);

    /// <param name="images">The clock: where in the stream of latents to go on.</param>
    /// <param name="rateFactor">The schedule's factor on the learning rate.</param>
    internal void Run(long images, double rateFactor)
    {
        using Scope scope = Scope.Open();
        using MixedPrecisionScope precision = MixedPrecision.Enter(config.Precision == Precision.Bf16);
        phases.Begin(StepPhase.DiscriminatorOptimizer);
        optimizer.ClearGradients();
        int micro = config.MicroBatchSize ?? config.BatchSize;
        int parts = config.BatchSize / micro;

        Tensor? figures = null;
        for (int part = 0; part < parts; part++)
        {
            Tensor added = Accumulate(images, images + (part * micro), micro, share: 1.0 / parts);
            figures = figures is null ? added : figures + added;
        }

        phases.Begin(StepPhase.DiscriminatorOptimizer);
        Tensor gradient = optimizer.Step(rateFactor);
        if (config.DiscriminatorClip is { } bound)
            Clip(bound);

        phases.Begin(StepPhase.Statistics);
        Statistics.Add(gradient, figures! / parts);
        augmenter.Adapt(optimizer.Steps);
    }

    public void Dispose() => Statistics.Dispose();

    /// <summary>Adds the gradients of one micro-batch.</summary>
    /// <returns>Loss, its terms, mean logit on real and on generated pictures: [4].</returns>
    private Tensor Accumulate(long images, long position, int count, double share)
    {
        using Scope scope = Scope.Open();
        phases.Begin(StepPhase.Load);
        Batch real = gan.Condition(pictures.Next());
        phases.Begin(StepPhase.DiscriminatorDrawing);
        (Tensor z, Batch fake) = Generate(position, count, real);

        phases.Begin(StepPhase.DiscriminatorForward);
        real.Images.RequiresGrad = terms.DifferentiateReal(optimizer.Steps);
        Func<Tensor, Tensor> augment = augmenter.For(DrawPurpose.DiscriminatorAugmentation, position);
        (Judgement realJudgement, Judgement fakeJudgement) = Judge(real, fake, augment);
        Tensor loss = config.Loss.ForDiscriminator(realJudgement, fakeJudgement);
        Tensor? added = terms.ForDiscriminator(new LossStep
        {
            Gan = gan,
            Latents = z,
            Fake = fake,
            FakeJudgement = fakeJudgement,
            Real = real,
            RealJudgement = realJudgement,
            Judge = batch => gan.Discriminator.Judge(augment(batch.Images), batch.Labels),
            Draws = new Draws(config.Seed, DrawPurpose.DiscriminatorTerms, position, device),
            Update = optimizer.Steps,
            Images = images,
        });
        Tensor whole = (added is null ? loss : loss + added) * share;

        phases.Begin(StepPhase.DiscriminatorBackward);
        Autograd.Backward(whole);

        phases.Begin(StepPhase.Statistics);
        augmenter.Observe(realJudgement);
        Tensor figures = Tensor.Stack(
            loss.Detach(),
            added?.Detach() ?? loss.Detach().ZerosLike(),
            realJudgement.Logits.Detach().Mean(),
            fakeJudgement.Logits.Detach().Mean());
        phases.Begin(StepPhase.Release);
        return scope.Keep(figures);
    }

    // The generator stays in training mode: its batch statistics and spectral norms advance here, too, as the authors' do.
    private (Tensor Latents, Batch Fake) Generate(long position, int count, Batch real)
    {
        using GradMode noGrad = Autograd.NoGrad();
        (Tensor z, Tensor labels) = _latents.At(position, count, device);
        Tensor condition = gan.Generator.ConditionsOnPictures ? real.Labels : labels;
        return (z, new Batch(gan.Generator.Forward(z, condition), condition));
    }

    private (Judgement Real, Judgement Fake) Judge(Batch real, Batch fake, Func<Tensor, Tensor> augment)
    {
        Tensor realImages = augment(real.Images), fakeImages = augment(fake.Images);
        if (!config.JointPass)
            return (gan.Discriminator.Judge(realImages, real.Labels), gan.Discriminator.Judge(fakeImages, fake.Labels));
        return gan.Discriminator
            .Judge(Tensor.Concat(0, realImages, fakeImages), Tensor.Concat(0, real.Labels, fake.Labels))
            .Halve();
    }

    private void Clip(double bound)
    {
        using GradMode noGrad = Autograd.NoGrad();
        foreach ((_, Parameter parameter) in gan.Discriminator.NamedParameters())
            parameter.Value.ClampInPlace(-bound, bound);
    }
}
