using System.Text.Json.Serialization;
using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>One architecture: its knobs and how to build it. A new one is one file and one line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SnganConfig), "sngan")]
[JsonDerivedType(typeof(SelfAttentionGanConfig), "sagan")]
[JsonDerivedType(typeof(BigGanConfig), "biggan")]
[JsonDerivedType(typeof(BigGanDeepConfig), "biggan-deep")]
[JsonDerivedType(typeof(DcganConfig), "dcgan")]
[JsonDerivedType(typeof(GrowingGanConfig), "growing")]
[JsonDerivedType(typeof(UpscalerConfig), "upscaler")]
public abstract record ModelConfig
{
    /// <summary>Size of the latent vector. Default: 128, as in sngan_projection and the SAGAN authors' code.</summary>
    public int LatentSize { get; init; } = 128;

    /// <summary>Whether both networks look at the class. False: one picture distribution, labels are ignored.</summary>
    public bool Conditional { get; init; } = true;

    /// <summary>How a class reaches the discriminator, where the networks look at the class.</summary>
    public DiscriminatorCondition DiscriminatorCondition { get; init; }

    /// <summary>Whether the generator's condition is made from real pictures, and not a class.</summary>
    [JsonIgnore]
    public virtual bool ConditionsOnPictures => false;

    /// <summary>Whether the networks compute something else as training goes on.</summary>
    internal virtual bool ChangesWithTime => false;

    /// <summary>The head that the discriminator ends in.</summary>
    internal HeadKind Head => Heads.Of(Conditional, DiscriminatorCondition);

    /// <summary>Builds a generator whose values are not drawn yet.</summary>
    /// <exception cref="ConfigException">The architecture has no form for such pictures.</exception>
    public abstract Generator BuildGenerator(ImageSpec images);

    /// <summary>Builds a discriminator whose values are not drawn yet.</summary>
    /// <exception cref="ConfigException">The architecture has no form for such pictures.</exception>
    public abstract Discriminator BuildDiscriminator(ImageSpec images);

    /// <summary>Builds both networks and draws their values.</summary>
    public GanModel Build(ImageSpec images, RandomSource random)
    {
        GanModel gan = Assemble(images);
        gan.Generator.Initialize(random);
        gan.Discriminator.Initialize(random);
        return gan;
    }

    private GanModel Assemble(ImageSpec images)
    {
        Generator generator = BuildGenerator(images);
        try
        {
            return new GanModel(generator, BuildDiscriminator(images));
        }
        catch (ConfigException)
        {
            generator.Dispose();
            throw;
        }
    }
}
