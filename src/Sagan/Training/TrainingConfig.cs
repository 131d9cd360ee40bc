using Sagan.Augmentations;
using Sagan.Data;
using Sagan.Layers;
using Sagan.Losses;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training.Best;
using Sagan.Training.Collapse;
using Sagan.Training.Scoring;

namespace Sagan.Training;

/// <summary>Everything a run needs; saved resolved as <c>config.json</c> in the run directory.</summary>
/// <remarks>Images are the only clock: every figure that tells when counts real pictures shown to the discriminator.</remarks>
public sealed record TrainingConfig
{
    /// <summary>Name of the recipe it started from; part of the run directory's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>The architecture.</summary>
    public required ModelConfig Model { get; init; }

    /// <summary>Where the pictures come from.</summary>
    public required DatasetConfig Dataset { get; init; }

    /// <summary>Real pictures to show before the run ends.</summary>
    public required long TotalImages { get; init; }

    /// <summary>The adversarial loss.</summary>
    public AdversarialLoss Loss { get; init; } = new HingeLoss();

    /// <summary>What is added to the adversarial loss: penalties, consistency, class guesses. Default: nothing.</summary>
    public IReadOnlyList<LossTerm> Terms { get; init; } = [];

    /// <summary>Random changes of all pictures before the discriminator sees them; null: none.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Leaves the generator's worst pictures out of its adversarial loss; null: all count.</summary>
    public TopK? TopK { get; init; }

    /// <summary>
    /// Bound into which every parameter of the discriminator is pulled after each of its updates; null: none. WGAN's original
    /// Lipschitz constraint (arXiv:1701.07875), with 0.01 there.
    /// </summary>
    public double? DiscriminatorClip { get; init; }

    /// <summary>Pictures of a discriminator update. Default: 64, as in sngan_projection.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Pictures of a generator update; null: as many as the discriminator's. SNGAN's own recipe draws 128 against 64.</summary>
    public int? GeneratorBatchSize { get; init; }

    /// <summary>Pictures that go through the networks at once; gradients of a larger batch accumulate. Null: the whole batch.</summary>
    public int? MicroBatchSize { get; init; }

    /// <summary>Discriminator updates per generator update. Default: 1, SAGAN; SNGAN uses 5, BigGAN 2.</summary>
    public int DiscriminatorSteps { get; init; } = 1;

    /// <summary>
    /// True: the discriminator sees real and generated pictures in one pass, so spectral norms advance once a step (BigGAN).
    /// False: in two, so they advance twice (sngan_projection, SAGAN).
    /// </summary>
    public bool JointPass { get; init; } = true;

    /// <summary>Number format of the arithmetic. Default: fp32. What bf16 brings depends on the processor: see docs/performance.md.</summary>
    public Precision Precision { get; init; }

    /// <summary>How a GPU comes by the work of an update. Default: eager. Graphs have not run on a GPU yet: see docs/gpu.md.</summary>
    public Execution Execution { get; init; }

    /// <summary>Optimizer of the generator.</summary>
    public OptimizerConfig GeneratorOptimizer { get; init; } = new AdamConfig();

    /// <summary>Optimizer of the discriminator.</summary>
    public OptimizerConfig DiscriminatorOptimizer { get; init; } = new AdamConfig();

    /// <summary>Decay of both learning rates; null: constant.</summary>
    public LinearDecay? LearningRateDecay { get; init; }

    /// <summary>Average of the generator's weights that samples are drawn with; null: samples come from the generator itself.</summary>
    public EmaConfig? Ema { get; init; } = new();

    /// <summary>Whether every other real picture is mirrored, by chance.</summary>
    public bool Mirror { get; init; }

    /// <summary>Seed of weights, data order, latents and labels.</summary>
    public long Seed { get; init; }

    /// <summary>Images between two lines of the event log.</summary>
    public long TickImages { get; init; } = 10_000;

    /// <summary>Images between two snapshots with their sample grids.</summary>
    public long SnapshotImages { get; init; } = 100_000;

    /// <summary>Which snapshots stay on disk.</summary>
    public KeepPolicy Keep { get; init; } = new();

    /// <summary>Scores that the run takes of its snapshots; null: none.</summary>
    public ScoringConfig? Metrics { get; init; }

    /// <summary>When the run counts as collapsed, and what it does then.</summary>
    public CollapseConfig Collapse { get; init; } = new();

    /// <summary>Whether the generator's loss looks at real pictures, too.</summary>
    internal bool ComparesWithReal => Loss.ComparesWithReal || Terms.Any(term => term.ComparesWithReal);

    /// <summary>Whether the generator's step draws real pictures: to compare with, or to enlarge.</summary>
    internal bool GeneratorDrawsReal => ComparesWithReal || Model.ConditionsOnPictures;

    /// <summary>Refuses what cannot be, before anything is built.</summary>
    /// <exception cref="ConfigException">Names the setting and the cure.</exception>
    public void Validate()
    {
        RequirePositive("totalImages", TotalImages);
        RequirePositive("batchSize", BatchSize);
        RequirePositive("generatorBatchSize", GeneratorBatchSize ?? 1);
        RequirePositive("microBatchSize", MicroBatchSize ?? 1);
        RequirePositive("discriminatorSteps", DiscriminatorSteps);
        RequirePositive("tickImages", TickImages);
        RequirePositive("snapshotImages", SnapshotImages);
        RequirePositive("keep.last", Keep.Last);
        RequirePositive("keep.everyImages", Keep.EveryImages ?? 1);
        RequirePositive("model.latentSize", Model.LatentSize);
        Collapse.Validate();
        Metrics?.Validate(Model);
        if (Keep.Best is ScoreMetric best && Metrics?.Has(best.Score) != true)
            throw new ConfigException("keep.best", $"{best.Score} is none of the scores that the run takes; add --metrics {best.Score}");
        RequireSteps("generatorOptimizer", GeneratorOptimizer);
        RequireSteps("discriminatorOptimizer", DiscriminatorOptimizer);
        RequireHead("loss", Loss.RequiredHead);
        for (int i = 0; i < Terms.Count; i++)
        {
            RequireHead($"terms.{i}", Terms[i].RequiredHead);
            Terms[i].Validate($"terms.{i}");
        }

        Augmentation?.Validate("augmentation");
        if (Augmentation is not null && Model.ConditionsOnPictures)
            throw new ConfigException("augmentation", "would change large pictures and not the small ones that they are judged beside; set it to null");
        RequireWhole("batchSize", BatchSize);
        RequireWhole("generatorBatchSize", GeneratorBatchSize ?? BatchSize);
        if (Ema is { HalfLifeImages: <= 0 })
            throw new ConfigException("ema.halfLifeImages", "must be above 0; set ema to null for no average");
        if (DiscriminatorClip is <= 0)
            throw new ConfigException("discriminatorClip", "must be above 0, as in 0.01; set it to null for no bound");
        if (TopK is { Decay: <= 0 or > 1 })
            throw new ConfigException("topK.decay", "must be above 0 and at most 1");
        if (TopK is { Floor: <= 0 or > 1 })
            throw new ConfigException("topK.floor", "must be above 0 and at most 1");
        RequirePositive("topK.decayImages", TopK?.DecayImages ?? 1);
    }

    /// <summary>The same with other draws (data order, latents, chance in losses and augmentation), for a run that went back.</summary>
    internal TrainingConfig Redrawn(int rollbacks) =>
        rollbacks == 0 ? this : this with { Seed = (long)Shuffle.Mix((ulong)Seed ^ Shuffle.Mix((ulong)rollbacks)) };

    private static void RequirePositive(string setting, long value)
    {
        if (value < 1)
            throw new ConfigException(setting, $"is {value}; it must be at least 1");
    }

    private static void RequireSteps(string setting, OptimizerConfig optimizer)
    {
        if (optimizer.Fault is { } fault)
            throw new ConfigException($"{setting}.{fault.Setting}", fault.Cure);
    }

    private void RequireHead(string setting, HeadKind? required)
    {
        if (required is not { } head || head == Model.Head)
            return;
        string cure = head == HeadKind.MultiClass ? "multi-class" : "classifier";
        throw new ConfigException(setting, $"needs a discriminator that scores classes; add --set model.discriminatorCondition={cure}");
    }

    private void RequireWhole(string setting, int batch)
    {
        if (MicroBatchSize is { } micro && batch % micro != 0)
            throw new ConfigException("microBatchSize", $"{micro} does not divide {setting} {batch}; choose a divisor");
    }
}
