namespace Sagan.Metrics.Features;

/// <summary>A convolution of the FID Inception network with the batch norm behind it, as weights files name it.</summary>
/// <param name="Name">Name in files, for instance <c>Mixed_5b.branch5x5_2</c>.</param>
/// <param name="Outputs">Channels it makes.</param>
/// <param name="Inputs">Channels it reads.</param>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Columns of the kernel.</param>
internal sealed record InceptionUnit(string Name, int Outputs, int Inputs, int KernelHeight, int KernelWidth)
{
    /// <summary>The tensors of the unit in a file, in the order of the canonical digest.</summary>
    internal IEnumerable<(string Key, long[] Shape)> Entries =>
    [
        (Weight, [Outputs, Inputs, KernelHeight, KernelWidth]),
        (Gain, [Outputs]),
        (Bias, [Outputs]),
        (Mean, [Outputs]),
        (Variance, [Outputs]),
    ];

    /// <summary>Key of the kernel.</summary>
    internal string Weight => $"{Name}.conv.weight";

    /// <summary>Key of the batch norm's gain.</summary>
    internal string Gain => $"{Name}.bn.weight";

    /// <summary>Key of the batch norm's bias.</summary>
    internal string Bias => $"{Name}.bn.bias";

    /// <summary>Key of the running mean.</summary>
    internal string Mean => $"{Name}.bn.running_mean";

    /// <summary>Key of the running variance.</summary>
    internal string Variance => $"{Name}.bn.running_var";
}
