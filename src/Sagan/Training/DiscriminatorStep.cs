using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Training.Profiling;

namespace Sagan.Training;

/// <summary>One update of the discriminator.</summary>
/// <param name="config">The run's.</param>
/// <param name="gan">The networks.</param>
/// <param name="optimizer">The discriminator's.</param>
/// <param name="pictures">Real pictures.</param>
/// <param name="terms">Of the loss.</param>
/// <param name="augmenter">Changes what the discriminator sees.</param>
/// <param name="phases">Told what it is doing.</param>
/// <param name="recorder">Runs what the device does of it; null: that is done as it comes.</param>
/// <param name="device">Where to work.</param>
internal sealed class DiscriminatorStep(
    TrainingConfig config, GanModel gan, Optimizer optimizer, RealPictures pictures, LossTerms terms, Augmenter augmenter, StepPhases phases,
    StepRecorder? recorder, Device device)
    : IDisposable
{
    private readonly UploadedLatents _latents = new(gan.Generator, config.Seed, DrawPurpose.Discriminator, device);
    private readonly int _micro = config.MicroBatchSize ?? config.BatchSize;

    /// <summary>Means of: gradient norm, loss without its terms, the terms, logit on real pictures, logit on generated ones.</summary>
    internal StepStatistics Statistics { get; } = new(5, device);

    /// <param name="images">The clock: where in the stream of latents to go on.</param>
    /// <param name="rateFactor">The schedule's factor on the learning rate.</param>
    internal void Run(long images, double rateFactor)
    {
        phases.Begin(StepPhase.DiscriminatorOptimizer);
        optimizer.Prepare(rateFactor);
        Load(images);
        if (recorder is null)
            Update(images);
        else
            recorder.Run(() => Update(images));

        optimizer.Steps++;
        Statistics.Count();
        augmenter.Adapt(optimizer.Steps);
    }

    public void Dispose()
    {
        Statistics.Dispose();
        _latents.Dispose();
    }

    // What the device does; of one micro-batch, nothing of it comes from the host.
    private void Update(long images)
    {
        using Scope scope = Scope.Open();
        using MixedPrecisionScope precision = MixedPrecision.Enter(config.Precision == Precision.Bf16);
        phases.Begin(StepPhase.DiscriminatorOptimizer);
        optimizer.ClearGradients();

        int parts = config.BatchSize / _micro;
        Tensor? figures = null;
        for (int part = 0; part < parts; part++)
        {
            if (part > 0)
                Load(images + (part * _micro));
            Tensor added = Accumulate(images, images + (part * _micro), share: 1.0 / parts);
            figures = figures is null ? added : figures + added;
        }

        phases.Begin(StepPhase.DiscriminatorOptimizer);
        Tensor gradient = optimizer.Apply();
        if (config.DiscriminatorClip is { } bound)
            Clip(bound);

        phases.Begin(StepPhase.Statistics);
        Statistics.Add(gradient, figures! / parts);
    }

    private void Load(long position)
    {
        phases.Begin(StepPhase.Load);
        pictures.Load();
        _latents.Load(position, _micro);
    }

    /// <summary>Adds the gradients of one micro-batch.</summary>
    /// <returns>Loss, its terms, mean logit on real and on generated pictures: [4].</returns>
    private Tensor Accumulate(long images, long position, double share)
    {
        using Scope scope = Scope.Open();
        phases.Begin(StepPhase.DiscriminatorDrawing);
        Batch real = gan.Condition(pictures.Current());
        Batch fake = Generate(real);

        phases.Begin(StepPhase.DiscriminatorForward);
        real.Images.RequiresGrad = terms.DifferentiateReal(optimizer.Steps);
        Func<Tensor, Tensor> augment = augmenter.For(DrawPurpose.DiscriminatorAugmentation, position);
        (Judgement realJudgement, Judgement fakeJudgement) = Judge(real, fake, augment);
        Tensor loss = config.Loss.ForDiscriminator(realJudgement, fakeJudgement);
        Tensor? added = terms.ForDiscriminator(new LossStep
        {
            Gan = gan,
            Latents = _latents.Z,
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
    private Batch Generate(Batch real)
    {
        using GradMode noGrad = Autograd.NoGrad();
        Tensor condition = gan.Generator.ConditionsOnPictures ? real.Labels : _latents.Labels;
        return new Batch(gan.Generator.Forward(_latents.Z, condition), condition);
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
