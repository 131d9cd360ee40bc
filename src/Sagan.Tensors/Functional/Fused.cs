namespace Sagan.Tensors.Functional;

/// <summary>
/// Operators of our own shim (native/ops) that do in one pass over a map what several of libtorch's do in one each. For the
/// processor only; every caller has the plain form beside it, which is the reference in the tests.
/// </summary>
public static class Fused
{
    /// <summary>
    /// Whether a map can go this way: in float32 or bfloat16, on the processor. Not while somebody watches this thread's operators: who
    /// counts their work or writes them down wants the published ones.
    /// </summary>
    /// <param name="map">[N, C, H, W].</param>
    public static bool Takes(Tensor map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Operator.Observer is null && map.DType is DType.Float32 or DType.BFloat16 && map.Device == Device.Cpu;
    }

    /// <summary>Whether a map can go through <see cref="Conv3x3"/> and the other two.</summary>
    /// <param name="map">[N, inputs, H, W]: of even sides, with inputs in multiples of 16.</param>
    /// <param name="outputs">Output channels, in multiples of 16.</param>
    public static bool TakesConv3x3(Tensor map, long outputs) =>
        Takes(map) && map.Size(1) % Lanes == 0 && outputs % Lanes == 0 && map.Size(2) % 2 == 0 && map.Size(3) % 2 == 0;

    /// <summary>3x3 convolution in Winograd's form, which multiplies sums of pixels by sums of weights: [N, inputs, H, W] → [N, outputs, H, W].</summary>
    /// <param name="x">[N, inputs, H, W].</param>
    /// <param name="kernel">[outputs, inputs, 3, 3] of Float32.</param>
    /// <param name="bias">[outputs] or none.</param>
    /// <returns>Of the map's type; in every type the products and their sums are float32.</returns>
    public static Tensor Conv3x3(Tensor x, Tensor kernel, Tensor? bias) => s_conv3x3.Call(x, kernel, bias).Tensor;

    /// <summary>Every element four times, then a 3x3 convolution, of sums of pixels: [N, inputs, H, W] → [N, outputs, 2H, 2W].</summary>
    /// <inheritdoc cref="Conv3x3" path="/param|/returns"/>
    public static Tensor Conv3x3Doubled(Tensor x, Tensor kernel, Tensor? bias) => s_conv3x3Doubled.Call(x, kernel, bias).Tensor;

    /// <summary>A 3x3 convolution, then the mean of every 2x2 square, of sums of pixels: [N, inputs, H, W] → [N, outputs, H/2, W/2].</summary>
    /// <inheritdoc cref="Conv3x3" path="/param|/returns"/>
    public static Tensor Conv3x3Halved(Tensor x, Tensor kernel, Tensor? bias) => s_conv3x3Halved.Call(x, kernel, bias).Tensor;

    /// <summary>Batch norm with gain and bias by picture or by channel, then ReLU where wanted.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="gain">[N, C], [C] or none.</param>
    /// <param name="bias">[N, C], [C] or none.</param>
    /// <param name="runningMean">[C] of Float32, changed in place in training; none to leave no trace.</param>
    /// <param name="runningVariance">[C] of Float32, unbiased, changed in place in training.</param>
    /// <param name="training">True: the batch's statistics; false: the running ones.</param>
    /// <param name="momentum">Weight of the new value in the running one.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="rectifies">Whether ReLU follows.</param>
    public static Tensor ConditionalNorm(
        Tensor x, Tensor? gain, Tensor? bias, Tensor? runningMean, Tensor? runningVariance, bool training, double momentum, double epsilon, bool rectifies) =>
        s_conditionalNorm.Call(x, gain, bias, runningMean, runningVariance, training, momentum, epsilon, rectifies).Tensor;

    /// <summary>Puts the four places of doubled pixels together: [N, 4K, H+1, W+1] → [N, K, 2H, 2W].</summary>
    /// <remarks>Output (2i + a, 2j + b) is what map (a, b), at a·2 + b of the four, has at (i + a, j + b).</remarks>
    public static Tensor Interleave(Tensor places) => s_interleave.Call(places).Tensor;

    /// <summary>Sum of a map and a smaller one, each element of which counts four times: [N, C, 2H, 2W] and [N, C, H, W].</summary>
    public static Tensor AddDoubled(Tensor map, Tensor small) => s_addDoubled.Call(map, small).Tensor;

    /// <summary>A map's positive part, and the means of the map's 2x2 squares: [N, C, 2H, 2W] → the same and [N, C, H, W].</summary>
    public static (Tensor Rectified, Tensor Halved) RectifyAndHalve(Tensor map)
    {
        Results made = s_rectifyAndHalve.Call(map);
        return (made.TensorAt(0), made.TensorAt(1));
    }

    /// <summary>Whether <see cref="Attention"/> is faster than the whole map by products of matrices, whatever its size: in float32 on the processor.</summary>
    /// <param name="value">[N, V, H, W]: with positions in multiples of 16.</param>
    public static bool TakesAttention(Tensor value) =>
        Takes(value) && value.DType == DType.Float32 && value.Size(2) * value.Size(3) % Lanes == 0;

    /// <summary>softmax(query · keyᵀ) · value, a part of the queries at a time: the map of all of them is never held. On every device, in every floating type.</summary>
    /// <param name="query">[N, P, D].</param>
    /// <param name="key">[N, K, D].</param>
    /// <param name="value">[N, K, V].</param>
    /// <returns>[N, P, V].</returns>
    public static Tensor Attention(Tensor query, Tensor key, Tensor value) => s_attention.Call(query, key, value).Tensor;

    /// <summary>Whether a weight can go through <see cref="SpectralNorm"/>: in float32, on the processor, with nobody watching.</summary>
    /// <param name="weight">[rows, …].</param>
    public static bool TakesSpectralNorm(Tensor weight) => Takes(weight) && weight.DType == DType.Float32;

    /// <summary>A weight divided by u·Wv, after so many steps of the power iteration; gradients flow through the weight alone.</summary>
    /// <param name="weight">[rows, …], a matrix [rows, columns] for the norm.</param>
    /// <param name="u">[rows], the left singular vector to start from.</param>
    /// <param name="v">[columns], the right one: what counts where no step is taken.</param>
    /// <param name="iterations">Steps: v = Wᵀu, then u = Wv, both of length 1 then.</param>
    /// <param name="epsilon">Lower bound of the lengths divided by.</param>
    /// <returns>The weight, and both vectors behind the last step.</returns>
    public static (Tensor Weight, Tensor U, Tensor V) SpectralNorm(Tensor weight, Tensor u, Tensor v, int iterations, double epsilon)
    {
        Results made = s_spectralNorm.Call(weight, u, v, iterations, epsilon);
        return (made.TensorAt(0), made.TensorAt(1), made.TensorAt(2));
    }

    private const int Lanes = 16;

    private static readonly Operator s_attention = Operator.Find("sagan::attention", 3);
    private static readonly Operator s_conditionalNorm = Operator.Find("sagan::conditional_norm", 9);
    private static readonly Operator s_conv3x3 = Operator.Find("sagan::conv3x3", 3);
    private static readonly Operator s_conv3x3Doubled = Operator.Find("sagan::conv3x3_doubled", 3);
    private static readonly Operator s_conv3x3Halved = Operator.Find("sagan::conv3x3_halved", 3);
    private static readonly Operator s_interleave = Operator.Find("sagan::interleave", 1);
    private static readonly Operator s_addDoubled = Operator.Find("sagan::add_doubled", 2);
    private static readonly Operator s_rectifyAndHalve = Operator.Find("sagan::rectify_and_halve", 1);
    private static readonly Operator s_spectralNorm = Operator.Find("sagan::spectral_norm", 5);
}
