using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics.Features;

/// <summary>How a tool brings pictures before its Inception network: to 299x299 and into its range of numbers.</summary>
/// <remarks>
/// Scores under different modes cannot be compared (Parmar et al. 2022, arXiv:2104.11222): on 32x32 pictures they differ by a
/// tenth. Each follows the tool's own code; <c>docs/features.md</c> has the table.
/// </remarks>
public sealed class ResizeMode
{
    /// <summary>Pixels along a side of what the network looks at.</summary>
    public const int Side = 299;

    private readonly Func<Tensor, int, int, Tensor> _resize;
    private readonly bool _clips;
    private readonly Func<Tensor, Tensor> _normalize;

    private ResizeMode(string name, Func<Tensor, int, int, Tensor> resize, Func<Tensor, Tensor> normalize, bool clips = false)
    {
        Name = name;
        _resize = resize;
        _clips = clips;
        _normalize = normalize;
    }

    /// <summary>As torch-fidelity, and as the graph of TTUR, OpenAI's Inception Score, StyleGAN and EDM: TensorFlow's bilinear.</summary>
    public static ResizeMode TorchFidelity { get; } = new("torch-fidelity", TensorFlowBilinear.Resize, About128);

    /// <summary>As pytorch-fid: bilinear between centres, without smoothing.</summary>
    public static ResizeMode PytorchFid { get; } = new("pytorch-fid", Resizing.Bilinear, ToUnit);

    /// <summary>As clean-fid: Pillow's bicubic without rounding, what overshoots cut off.</summary>
    public static ResizeMode CleanFid { get; } = new("clean-fid", SmoothResizing.Bicubic, About128, clips: true);

    /// <summary>As clean-fid's mode <c>legacy_pytorch</c>; <see cref="PytorchFid"/> up to rounding.</summary>
    public static ResizeMode CleanFidLegacyPytorch { get; } = new("clean-fid-legacy-pytorch", Resizing.Bilinear, ToUnit, clips: true);

    /// <summary>As StudioGAN's <c>--post_resizer legacy</c>; <see cref="PytorchFid"/> up to rounding.</summary>
    public static ResizeMode StudioGanLegacy { get; } = new("studiogan-legacy", Resizing.Bilinear, ToUnit, clips: true);

    /// <summary>As StudioGAN's <c>--post_resizer clean</c>: Pillow's bicubic, overshoots left standing.</summary>
    public static ResizeMode StudioGanClean { get; } = new("studiogan-clean", SmoothResizing.Bicubic, ToUnit);

    /// <summary>As StudioGAN's <c>--post_resizer friendly</c> before this network: Pillow's bilinear, which smooths.</summary>
    public static ResizeMode StudioGanFriendly { get; } = new("studiogan-friendly", SmoothResizing.Bilinear, ToUnit);

    /// <summary>As BigGAN-PyTorch: bilinear between corners, mean and deviation of ImageNet. Its scores come from another network.</summary>
    public static ResizeMode BigGan { get; } = new("biggan", Resizing.BilinearByCorners, AsImageNet);

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<ResizeMode> All { get; } =
        [TorchFidelity, PytorchFid, CleanFid, CleanFidLegacyPytorch, StudioGanLegacy, StudioGanClean, StudioGanFriendly, BigGan];

    /// <summary>What stands in results and on the command line.</summary>
    public string Name { get; }

    /// <summary>The mode of a name.</summary>
    /// <exception cref="ConfigException">There is none; the message lists those there are.</exception>
    public static ResizeMode Parse(string name) => All.FirstOrDefault(mode => mode.Name == name)
        ?? throw new ConfigException("--resize", $"there is no '{name}'; choose one of {string.Join(", ", All.Select(mode => mode.Name))}");

    /// <summary>Resizes and normalises.</summary>
    /// <param name="pictures">[N, 3, H, W], any floating type, 0 to 255.</param>
    /// <returns>[N, 3, 299, 299], about -1 to 1.</returns>
    public Tensor Apply(Tensor pictures)
    {
        using Scope scope = Scope.Open();
        Tensor resized = _resize(pictures, Side, Side);
        return scope.Keep(_normalize(_clips ? resized.Clamp(0, 255) : resized));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    // 128 becomes 0 and 255 stays below 1.
    private static Tensor About128(Tensor x) => (x - 128) * (1.0 / 128);

    private static Tensor ToUnit(Tensor x) => x * (2.0 / 255) - 1;

    private static Tensor AsImageNet(Tensor x)
    {
        Tensor mean = Tensor.From<float>([0.485f, 0.456f, 0.406f], [3, 1, 1], x.Device);
        Tensor deviation = Tensor.From<float>([0.229f, 0.224f, 0.225f], [3, 1, 1], x.Device);
        return (x * (1.0 / 255) - mean) / deviation;
    }
}
