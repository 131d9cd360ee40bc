using Sagan.Layers;

namespace Sagan.Models;

/// <summary>The published networks of plain convolutions.</summary>
public enum DcganForm
{
    /// <summary>StudioGAN's <c>deep_conv</c>: 4x4 transposed convolutions; pairs of 3x3 and 4x4 ones in the discriminator.</summary>
    DeepConv,

    /// <summary>compare_gan's <c>dcgan</c>, four 5x5 convolutions each way: nearest to the original of Radford et al. 2016.</summary>
    FiveByFive,

    /// <summary>compare_gan's <c>sndcgan</c>, the plain network of the SNGAN paper.</summary>
    SnDcgan,

    /// <summary>
    /// heykeetae's Self-Attention-GAN, which goes by the name of SAGAN and is a DCGAN with attention: 4x4 convolutions alone, at
    /// 64x64 behind the generator's maps of 16 and 32 and the discriminator's of 8 and 4 the attention of the paper's first version.
    /// </summary>
    SelfAttention,
}

/// <summary>What keeps a plain discriminator's maps in bounds.</summary>
public enum DiscriminatorNorm
{
    /// <summary>Nothing: for gradient penalties, which look at each picture alone.</summary>
    None,

    /// <summary>Batch norm (Radford et al. 2016).</summary>
    Batch,

    /// <summary>Spectral norm (Miyato et al. 2018).</summary>
    Spectral,
}

/// <summary>DCGAN (Radford et al. 2016, arXiv:1511.06434) and its descendants: plain convolutions, no residual blocks.</summary>
/// <remarks>
/// Conditional networks, which the original did not have, have class tables in the generator's batch norms and a projection
/// in the discriminator's head, as StudioGAN's. Convolutions of even maps pad as torch does, evenly: compare_gan's 5x5 ones
/// pad a line less above and left, which shifts the maps by a pixel. Latents are normal; compare_gan's default is uniform in
/// (-1, 1).
/// </remarks>
public sealed record DcganConfig : ModelConfig
{
    /// <summary>Which of the published networks.</summary>
    public DcganForm Form { get; init; }

    /// <summary>Channels of the generator's largest map. Default: 64, as in all sources.</summary>
    public int GeneratorWidth { get; init; } = 64;

    /// <summary>Channels of the discriminator's first map. Default: 64, as in all sources.</summary>
    public int DiscriminatorWidth { get; init; } = 64;

    /// <summary>What keeps the discriminator's maps in bounds; null: as published, batch in DCGAN's two forms and spectral in the others.</summary>
    public DiscriminatorNorm? DiscriminatorNorm { get; init; }

    /// <summary>Whether the generator's weights are spectrally normalised, too: StudioGAN's <c>apply_g_sn</c>; null: as published, only in the form with attention.</summary>
    public bool? SpectralGenerator { get; init; }

    /// <summary>How the spectral norm sees the generator's transposed convolutions; null: as published, by inputs in the form with attention and by outputs in the others.</summary>
    public DeconvolutionRows? DeconvolutionRows { get; init; }

    /// <summary>How weights are spectrally normalised, where they are.</summary>
    public SpectralNorm SpectralNorm { get; init; } = SpectralNorm.Default;

    /// <inheritdoc/>
    public override Generator BuildGenerator(ImageSpec images) => new DcganGenerator(this, Plan(images), images);

    /// <inheritdoc/>
    public override Discriminator BuildDiscriminator(ImageSpec images) => new DcganDiscriminator(this, Plan(images), images);

    private DcganPlan Plan(ImageSpec images)
    {
        DcganPlan plan = DcganPlan.Of(Form);
        if (images.Resolution % plan.Reduction != 0)
            throw new ConfigException("dataset.resolution", $"this network halves {plan.Halvings} times, so a multiple of {plan.Reduction} is needed, not {images.Resolution}; choose one with --resolution");
        RequireWidth("model.generatorWidth", GeneratorWidth, plan.NarrowestGenerator);
        RequireWidth("model.discriminatorWidth", DiscriminatorWidth, plan.NarrowestDiscriminator);
        return plan;
    }

    private static void RequireWidth(string setting, int width, int narrowest)
    {
        if (width < narrowest)
            throw new ConfigException(setting, $"is {width}; it must be at least {narrowest}{(narrowest > 1 ? $", so that all attention has {SelfAttention.FewestChannels} channels" : "")}");
    }
}
