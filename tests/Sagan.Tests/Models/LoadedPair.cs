using Sagan.Exchange;
using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Models;

/// <summary>Two networks imported from a fixture, in training mode, and its labels and latents.</summary>
internal sealed class LoadedPair : IDisposable
{
    private readonly DType _type;
    private readonly ImportedNetworks _imported;

    /// <param name="name">The case.</param>
    /// <param name="type">In what precision to compute.</param>
    internal LoadedPair(string name, DType type = DType.Float32)
    {
        _type = type;
        Case = NetworkCase.Of(name);
        Fixture = Fixture.Open(name);
        _imported = ImportedNetworks.Read(null, [Fixture.File("weights_G.pth"), Fixture.File("weights_D.pth")], PeerSettings.Read(Fixture.File("case.json")));
        GeneratorNames = ProductNames.Of(_imported, Generator);
        DiscriminatorNames = ProductNames.Of(_imported, Discriminator);
        Generator.To(type);
        Discriminator.To(type);
    }

    internal NetworkCase Case { get; }

    internal Fixture Fixture { get; }

    internal PeerModel Model => _imported.Model;

    internal Generator Generator => _imported.Generator!;

    internal PeerNames GeneratorNames { get; }

    internal Discriminator Discriminator => _imported.Discriminator!;

    internal PeerNames DiscriminatorNames { get; }

    /// <summary>The generator on the fixture's latents and labels.</summary>
    internal Tensor Draw() => Generator.Forward(Fixture.Tensor("z").To(_type), Labels("y"));

    /// <summary>The discriminator on the fixture's pictures and labels.</summary>
    internal Judgement Judge() => Discriminator.Judge(Fixture.Tensor("x").To(_type), Labels("x_y"));

    /// <summary>The term that the case adds to the losses, for both networks; null for none.</summary>
    internal (Tensor? Discriminator, Tensor? Generator) Added(Judgement fake, Judgement? real = null)
    {
        if (Case.Term is not { } term)
            return (null, null);
        var step = new LossStep
        {
            Gan = new GanModel(Generator, Discriminator),
            Latents = Fixture.Tensor("z"),
            Fake = new Batch(Fixture.Tensor("x"), Fixture.Tensor("y")),
            FakeJudgement = fake,
            RealJudgement = real,
            Judge = batch => Discriminator.Judge(batch.Images, batch.Labels),
            Draws = new Draws(0, DrawPurpose.DiscriminatorTerms, 0, Device.Cpu),
            Update = 0,
            Images = 0,
        };
        return (real is null ? null : term.ForDiscriminator(step, null), term.ForGenerator(step, null));
    }

    /// <summary>Labels, or null in an unconditional case.</summary>
    internal Tensor? Labels(string array) => Fixture.Has(array) ? Fixture.Tensor(array) : null;

    /// <summary>One row of latents or pictures that have a row for each step.</summary>
    internal Tensor Row(string array, int row) => Fixture.Tensor(array).Select(0, row).To(_type);

    /// <summary>One row of labels, or null in an unconditional case.</summary>
    internal Tensor? LabelRow(string array, int row) => Fixture.Has(array) ? Fixture.Tensor(array).Select(0, row) : null;

    public void Dispose() => _imported.Dispose();
}
