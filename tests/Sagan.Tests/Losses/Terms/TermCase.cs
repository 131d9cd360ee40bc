using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Losses.Terms;

/// <summary>A step of networks so small (4x4 pictures of one channel, in double precision) that every weight can be checked.</summary>
internal sealed class TermCase : IDisposable
{
    private const int Count = 3;

    private readonly RandomSource _random = new(8);

    internal TermCase(HeadKind head = HeadKind.Projection)
    {
        var plan = new ResNetPlan
        {
            Images = new ImageSpec(1, 4, 2),
            LatentSize = 3,
            IsConditional = true,
            FirstChannels = 2,
            Stages = [],
            Initializers = BlockInitializers.Sngan,
            Details = new ResNetDetails(),
        };
        Gan = new GanModel(
            GradientCheck.Prepare(new ResNetGenerator(plan), _random),
            GradientCheck.Prepare(
                new ResNetDiscriminator(plan with
                {
                    Stages = [new(3), new(4)],
                    Spectral = SpectralNorm.Default,
                    DiscriminatorCondition = head == HeadKind.Classifier ? DiscriminatorCondition.Classifier : DiscriminatorCondition.Projection,
                }),
                _random));
        Gan.Discriminator.SetTraining(false);
        Real = GradientCheck.Leaf(_random, Count, 1, 4, 4);
        Fake = GradientCheck.Leaf(_random, Count, 1, 4, 4);
        Latents = GradientCheck.Leaf(_random, Count, 3);
        Labels = Tensor.From([0L, 1, 1], Count);
        Latents.RequiresGrad = false;
    }

    internal GanModel Gan { get; }

    internal Tensor Real { get; }

    internal Tensor Fake { get; }

    internal Tensor Latents { get; }

    internal Tensor Labels { get; }

    /// <summary>Weights of the discriminator: what second derivatives reach. Biases move no slope.</summary>
    internal (string Name, Tensor Leaf)[] Weights =>
        [.. Gan.Discriminator.NamedParameters().Where(entry => entry.Name.EndsWith("weight", StringComparison.Ordinal)).Select(entry => (entry.Name, entry.Value.Value))];

    /// <summary>A discriminator's step.</summary>
    internal LossStep OfDiscriminator(long update = 0, long images = 0) => new()
    {
        Gan = Gan,
        Latents = Latents,
        Fake = new Batch(Fake, Labels),
        FakeJudgement = Judge(new Batch(Fake, Labels)),
        Real = new Batch(Real, Labels),
        RealJudgement = Judge(new Batch(Real, Labels)),
        Judge = Judge,
        Draws = Draws,
        Update = update,
        Images = images,
    };

    /// <summary>A generator's step.</summary>
    internal LossStep OfGenerator()
    {
        var fake = new Batch(Gan.Generator.Forward(Latents, Labels), Labels);
        return OfDiscriminator() with { Fake = fake, FakeJudgement = Judge(fake) };
    }

    /// <summary>The same numbers whenever asked for.</summary>
    internal static Draws Draws => new(5, DrawPurpose.DiscriminatorTerms, 0, Device.Cpu);

    public void Dispose()
    {
        Gan.Dispose();
        _random.Dispose();
    }

    private Judgement Judge(Batch batch) => Gan.Discriminator.Judge(batch.Images, batch.Labels);
}
