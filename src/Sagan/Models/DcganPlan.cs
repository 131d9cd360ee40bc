using Sagan.Layers;

namespace Sagan.Models;

/// <summary>Over what a generator normalises right after its linear map.</summary>
internal enum FirstNorm
{
    None,

    /// <summary>The channels of the first map.</summary>
    Channels,

    /// <summary>The outputs of the linear map, each by itself.</summary>
    Outputs,
}

/// <summary>A convolution of a plain discriminator.</summary>
/// <param name="Multiple">Output channels in multiples of the base width.</param>
/// <param name="Kernel">Side of the kernel.</param>
/// <param name="Halves">Whether it halves the maps.</param>
/// <param name="TakesBatchNorm">Whether batch norm follows, in a discriminator that has batch norm.</param>
internal readonly record struct PlainConvolution(int Multiple, int Kernel, bool Halves, bool TakesBatchNorm = true);

/// <summary>What tells the published networks of plain convolutions apart.</summary>
internal sealed record DcganPlan
{
    /// <summary>Channels of the generator's first map in multiples of its base width: 512 at 64.</summary>
    internal const int FirstMultiple = 8;

    /// <summary>How often the picture is halved to the generator's first map.</summary>
    internal required int Halvings { get; init; }

    internal int Reduction => 1 << Halvings;

    /// <summary>Whether the first map is made by a transposed convolution of a single position; else by a linear map.</summary>
    internal bool BeginsAtAPosition { get; init; }

    internal FirstNorm FirstNorm { get; init; }

    /// <summary>Side of the kernels of the generator's transposed convolutions.</summary>
    internal required int Kernel { get; init; }

    /// <summary>Whether a last transposed convolution draws the picture; else a 3x3 convolution at full size does.</summary>
    internal bool DrawsByDoubling { get; init; }

    /// <summary>The discriminator's convolutions.</summary>
    internal required IReadOnlyList<PlainConvolution> Convolutions { get; init; }

    /// <summary>Slope of the discriminator's activation below 0; 0 is ReLU.</summary>
    internal double Slope { get; init; }

    /// <summary>Whether the discriminator's head reads sums over positions; else it reads the last map whole.</summary>
    internal bool SumsPositions { get; init; }

    internal required Initializer Initializer { get; init; }

    internal DiscriminatorNorm Norm { get; init; } = DiscriminatorNorm.Batch;

    internal bool SpectralGenerator { get; init; }

    internal DeconvolutionRows DeconvolutionRows { get; init; }

    /// <summary>Whether the layer that draws and the one that judges have no spectral norm where the others have.</summary>
    internal bool LeavesEndsAlone { get; init; }

    /// <summary>Which doublings of the generator, the first being 1, attention stands behind.</summary>
    internal IReadOnlyList<int> GeneratorAttention { get; init; } = [];

    /// <summary>Which convolutions of the discriminator, the first being 1, attention stands behind.</summary>
    internal IReadOnlyList<int> DiscriminatorAttention { get; init; } = [];

    /// <summary>The smallest base width of the generator that leaves all attention channels enough.</summary>
    internal int NarrowestGenerator => Narrowest(GeneratorAttention.Select(doubling => FirstMultiple >> doubling));

    /// <summary>The same of the discriminator.</summary>
    internal int NarrowestDiscriminator => Narrowest(DiscriminatorAttention.Select(number => Convolutions[number - 1].Multiple));

    /// <summary>Side of the map that each of the discriminator's convolutions reads.</summary>
    internal IEnumerable<int> Sides(int resolution)
    {
        int side = resolution;
        foreach (PlainConvolution convolution in Convolutions)
        {
            yield return side;
            side = convolution.Halves ? side / 2 : side;
        }
    }

    internal static DcganPlan Of(DcganForm form) => form switch
    {
        DcganForm.DeepConv => s_deepConv,
        DcganForm.FiveByFive => s_fiveByFive,
        DcganForm.SnDcgan => s_snDcgan,
        _ => s_selfAttention,
    };

    /// <summary>The attention behind a map.</summary>
    internal SelfAttention Attention(int channels) => new(channels, Initializer, norm: null, AttentionForm.FirstVersion, bias: true);

    private static int Narrowest(IEnumerable<int> multiples) => multiples.Select(multiple => SelfAttention.FewestChannels / multiple).Append(1).Max();

    private static readonly DcganPlan s_deepConv = new()
    {
        Halvings = 3,
        Kernel = 4,
        Convolutions = [new(1, 3, false), new(1, 4, true), new(2, 3, false), new(2, 4, true), new(4, 3, false), new(4, 4, true), new(8, 3, false)],
        SumsPositions = true,
        Initializer = new OrthogonalInitializer(),
    };

    private static readonly DcganPlan s_fiveByFive = new()
    {
        Halvings = 4,
        FirstNorm = FirstNorm.Channels,
        Kernel = 5,
        DrawsByDoubling = true,
        Convolutions = [new(1, 5, true, TakesBatchNorm: false), new(2, 5, true), new(4, 5, true), new(8, 5, true)],
        Slope = 0.2,
        Initializer = new NormalInitializer(0.02),
    };

    private static readonly DcganPlan s_snDcgan = new()
    {
        Halvings = 3,
        FirstNorm = FirstNorm.Outputs,
        Kernel = 4,
        Convolutions = [new(1, 3, false), new(2, 4, true), new(2, 3, false), new(4, 4, true), new(4, 3, false), new(8, 4, true), new(8, 3, false)],
        Slope = 0.1,
        Initializer = new NormalInitializer(0.02),
        Norm = DiscriminatorNorm.Spectral,
    };

    // The source draws initial weights as torch does, even in ±1/sqrt(fan in); spectral norm makes their scale of little account.
    private static readonly DcganPlan s_selfAttention = new()
    {
        Halvings = 4,
        BeginsAtAPosition = true,
        FirstNorm = FirstNorm.Channels,
        Kernel = 4,
        DrawsByDoubling = true,
        Convolutions = [new(1, 4, true), new(2, 4, true), new(4, 4, true), new(8, 4, true)],
        Slope = 0.1,
        Initializer = new NormalInitializer(0.02),
        Norm = DiscriminatorNorm.Spectral,
        SpectralGenerator = true,
        DeconvolutionRows = DeconvolutionRows.Inputs,
        LeavesEndsAlone = true,
        GeneratorAttention = [2, 3],
        DiscriminatorAttention = [3, 4],
    };
}
