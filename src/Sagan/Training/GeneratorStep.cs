using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Training.Profiling;

namespace Sagan.Training;

/// <summary>One update of the generator.</summary>
/// <param name="config">The run's.</param>
/// <param name="gan">The networks.</param>
/// <param name="optimizer">The generator's.</param>
/// <param name="pictures">Real pictures to compare with or to enlarge, where the loss, a term or the network does; else null.</param>
/// <param name="terms">Of the loss.</param>
/// <param name="augmenter">Changes what the discriminator sees.</param>
/// <param name="phases">Told what it is doing.</param>
/// <param name="recorder">Runs what the device does of it; null: that is done as it comes.</param>
/// <param name="device">Where to work.</param>
internal sealed class GeneratorStep(
    TrainingConfig config, GanModel gan, Optimizer optimizer, RealPictures? pictures, LossTerms terms, Augmenter augmenter, StepPhases phases,
    StepRecorder? recorder, Device device)
    : IDisposable
{
    private readonly UploadedLatents _latents = new(gan.Generator, config.Seed, DrawPurpose.Generator, device);
    private readonly int _batch = config.GeneratorBatchSize ?? config.BatchSize;
    private readonly int _micro = config.MicroBatchSize ?? config.GeneratorBatchSize ?? config.BatchSize;

    /// <summary>Means of: gradient norm, loss without its terms, the terms.</summary>
    internal StepStatistics Statistics { get; } = new(3, device);

    /// <param name="images">The clock.</param>
    /// <param name="rateFactor">The schedule's factor on the learning rate.</param>
    internal void Run(long images, double rateFactor)
    {
        // The updates before tell where in the stream of latents to go on.
        long position = optimizer.Steps * _batch;
        phases.Begin(StepPhase.GeneratorOptimizer);
        optimizer.Prepare(rateFactor);
        Load(position);
        if (recorder is null)
            Update(images, position);
        else
            recorder.Run(() => Update(images, position));

        optimizer.Steps++;
        Statistics.Count();
    }

    public void Dispose()
    {
        Statistics.Dispose();
        _latents.Dispose();
    }

    // What the device does; of one micro-batch, nothing of it comes from the host.
    private void Update(long images, long position)
    {
        using Scope scope = Scope.Open();
        using MixedPrecisionScope precision = MixedPrecision.Enter(config.Precision == Precision.Bf16);
        phases.Begin(StepPhase.GeneratorOptimizer);
        using FreezeScope frozen = gan.Discriminator.Freeze();
        optimizer.ClearGradients();

        int parts = _batch / _micro;
        Tensor? figures = null;
        for (int part = 0; part < parts; part++)
        {
            if (part > 0)
                Load(position + (part * _micro));
            Tensor added = Accumulate(images, position + (part * _micro), share: 1.0 / parts);
            figures = figures is null ? added : figures + added;
        }

        phases.Begin(StepPhase.GeneratorOptimizer);
        Tensor gradient = optimizer.Apply();
        phases.Begin(StepPhase.Statistics);
        Statistics.Add(gradient, figures! / parts);
    }

    private void Load(long position)
    {
        phases.Begin(StepPhase.Load);
        pictures?.Load();
        _latents.Load(position, _micro);
    }

    /// <summary>Adds the gradients of one micro-batch.</summary>
    /// <returns>Loss and its terms: [2].</returns>
    private Tensor Accumulate(long images, long position, double share)
    {
        using Scope scope = Scope.Open();
        phases.Begin(StepPhase.GeneratorForward);
        Batch? real = pictures is null ? null : gan.Condition(pictures.Current());
        Tensor condition = gan.Generator.ConditionsOnPictures ? real!.Value.Labels : _latents.Labels;
        var fake = new Batch(gan.Generator.Forward(_latents.Z, condition), condition);

        Func<Tensor, Tensor> augment = augmenter.For(DrawPurpose.GeneratorAugmentation, position);
        Judgement Judge(Batch batch) => gan.Discriminator.Judge(augment(batch.Images), batch.Labels);
        Judgement judgement = Judge(fake);
        Judgement? realJudgement = real is { } drawn && config.ComparesWithReal ? Judge(drawn) : default(Judgement?);

        Tensor loss = AdversarialLoss(judgement, realJudgement, images);
        Tensor? added = terms.ForGenerator(new LossStep
        {
            Gan = gan,
            Latents = _latents.Z,
            Fake = fake,
            FakeJudgement = judgement,
            Real = real,
            RealJudgement = realJudgement,
            Judge = Judge,
            Draws = new Draws(config.Seed, DrawPurpose.GeneratorTerms, position, device),
            Update = optimizer.Steps,
            Images = images,
        });
        Tensor whole = (added is null ? loss : loss + added) * share;

        phases.Begin(StepPhase.GeneratorBackward);
        Autograd.Backward(whole);

        phases.Begin(StepPhase.Statistics);
        Tensor figures = Tensor.Stack(loss.Detach(), added?.Detach() ?? loss.Detach().ZerosLike());
        phases.Begin(StepPhase.Release);
        return scope.Keep(figures);
    }

    private Tensor AdversarialLoss(Judgement fake, Judgement? real, long images)
    {
        if (config.TopK is null)
            return config.Loss.ForGenerator(fake, real);

        // As many real pictures as generated ones stay, for losses that pair them: any will do.
        Tensor best = fake.Logits.Detach().LargestPlaces(config.TopK.CountAt(images, (int)fake.Logits.Count));
        return config.Loss.ForGenerator(fake.Pick(best), real?.Pick(best));
    }
}
