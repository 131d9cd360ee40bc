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
        _ => s_snDcgan,
    };

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
}
