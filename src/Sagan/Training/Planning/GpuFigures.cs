namespace Sagan.Training.Planning;

/// <summary>What a GPU's maker says it can do.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="MemoryGigabytes">Memory, in 10^9 bytes.</param>
/// <param name="SingleTeraflops">Peak of single precision.</param>
/// <param name="TensorTeraflops">Peak of TF32 on dense matrices, which libtorch uses for convolutions where there is such; else as single.</param>
public sealed record GpuFigures(string Name, double MemoryGigabytes, double SingleTeraflops, double TensorTeraflops)
{
    // Of single precision's peak, convolutions of GANs reach a quarter at least; what is not convolution waits for memory,
    // so that two thirds are the most to hope for, and a quarter of TF32's higher peak.
    private const double LeastOfSingle = 0.25, MostOfSingle = 0.65, MostOfTensor = 0.25;

    /// <summary>
    /// NVIDIA's data sheets of each product; where they print TF32 with sparsity, half of it. H100 and H200 are the SXM
    /// boards.
    /// </summary>
    public static IReadOnlyList<GpuFigures> All { get; } =
    [
        new("T4", 16, 8.1, 8.1),
        new("V100", 32, 15.7, 15.7),
        new("L4", 24, 30.3, 60),
        new("A10", 24, 31.2, 62.5),
        new("A100-40GB", 40, 19.5, 156),
        new("A100", 80, 19.5, 156),
        new("A6000", 48, 38.7, 77.4),
        new("L40S", 48, 91.6, 183),
        new("H100", 80, 67, 494),
        new("H200", 141, 67, 494),
        new("RTX 3060", 12, 12.7, 12.7),
        new("RTX 3090", 24, 35.6, 35.6),
        new("RTX 4090", 24, 82.6, 82.6),
    ];

    /// <summary>Seconds to start one kernel from libtorch, one after the other: what small networks wait for, on any GPU.</summary>
    public static Span SecondsPerKernel { get; } = new(4e-6, 15e-6);

    /// <summary>The GPU of that name, however it is spelled; null for none.</summary>
    public static GpuFigures? Find(string name) => All.FirstOrDefault(gpu => Plain(gpu.Name) == Plain(name));

    /// <summary>Floating-point operations a second that training is likely to reach.</summary>
    public Span Reached => new Span(
        SingleTeraflops * LeastOfSingle,
        Math.Max(SingleTeraflops * MostOfSingle, TensorTeraflops * MostOfTensor)) * 1e12;

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
