namespace Sagan.Metrics.Features;

/// <summary>The 94 convolutions of the FID Inception network and its linear map: names and shapes, as weights files have them.</summary>
/// <remarks>
/// The graph of 2015-12-05 that TTUR and OpenAI's Inception Score run, under the names that torchvision's Inception v3 gives its
/// parts, in the order in which torchvision registers them.
/// </remarks>
internal static class InceptionPlan
{
    /// <summary>Size of the last feature vector.</summary>
    internal const int FeatureCount = 2048;

    /// <summary>Outputs: background, the 1000 classes of ImageNet in the order of 2015, seven that were never used.</summary>
    internal const int LogitCount = 1008;

    /// <summary>Key of the linear map's weight, [1008, 2048].</summary>
    internal const string LinearWeight = "fc.weight";

    /// <summary>Key of the linear map's bias, [1008].</summary>
    internal const string LinearBias = "fc.bias";

    /// <summary>All convolutions.</summary>
    internal static IReadOnlyList<InceptionUnit> Units { get; } =
    [
        new("Conv2d_1a_3x3", 32, 3, 3, 3), new("Conv2d_2a_3x3", 32, 32, 3, 3), new("Conv2d_2b_3x3", 64, 32, 3, 3),
        new("Conv2d_3b_1x1", 80, 64, 1, 1), new("Conv2d_4a_3x3", 192, 80, 3, 3),
        .. BlockA("Mixed_5b", 192, pool: 32), .. BlockA("Mixed_5c", 256, pool: 64), .. BlockA("Mixed_5d", 288, pool: 64),
        .. BlockB("Mixed_6a", 288),
        .. BlockC("Mixed_6b", 768, inner: 128), .. BlockC("Mixed_6c", 768, inner: 160), .. BlockC("Mixed_6d", 768, inner: 160),
        .. BlockC("Mixed_6e", 768, inner: 192),
        .. BlockD("Mixed_7a", 768),
        .. BlockE("Mixed_7b", 1280), .. BlockE("Mixed_7c", 2048),
    ];

    /// <summary>Every tensor of a weights file, in the order of the canonical digest.</summary>
    internal static IReadOnlyList<(string Key, long[] Shape)> Entries { get; } =
    [
        .. Units.SelectMany(unit => unit.Entries),
        (LinearWeight, [LogitCount, FeatureCount]),
        (LinearBias, [LogitCount]),
    ];

    /// <summary>The unit of a name.</summary>
    internal static InceptionUnit Unit(string name) => Units.Single(unit => unit.Name == name);

    private static InceptionUnit[] BlockA(string block, int inputs, int pool) =>
    [
        new($"{block}.branch1x1", 64, inputs, 1, 1),
        new($"{block}.branch5x5_1", 48, inputs, 1, 1), new($"{block}.branch5x5_2", 64, 48, 5, 5),
        new($"{block}.branch3x3dbl_1", 64, inputs, 1, 1), new($"{block}.branch3x3dbl_2", 96, 64, 3, 3), new($"{block}.branch3x3dbl_3", 96, 96, 3, 3),
        new($"{block}.branch_pool", pool, inputs, 1, 1),
    ];

    private static InceptionUnit[] BlockB(string block, int inputs) =>
    [
        new($"{block}.branch3x3", 384, inputs, 3, 3),
        new($"{block}.branch3x3dbl_1", 64, inputs, 1, 1), new($"{block}.branch3x3dbl_2", 96, 64, 3, 3), new($"{block}.branch3x3dbl_3", 96, 96, 3, 3),
    ];

    private static InceptionUnit[] BlockC(string block, int inputs, int inner) =>
    [
        new($"{block}.branch1x1", 192, inputs, 1, 1),
        new($"{block}.branch7x7_1", inner, inputs, 1, 1), new($"{block}.branch7x7_2", inner, inner, 1, 7), new($"{block}.branch7x7_3", 192, inner, 7, 1),
        new($"{block}.branch7x7dbl_1", inner, inputs, 1, 1), new($"{block}.branch7x7dbl_2", inner, inner, 7, 1), new($"{block}.branch7x7dbl_3", inner, inner, 1, 7),
        new($"{block}.branch7x7dbl_4", inner, inner, 7, 1), new($"{block}.branch7x7dbl_5", 192, inner, 1, 7),
        new($"{block}.branch_pool", 192, inputs, 1, 1),
    ];

    private static InceptionUnit[] BlockD(string block, int inputs) =>
    [
        new($"{block}.branch3x3_1", 192, inputs, 1, 1), new($"{block}.branch3x3_2", 320, 192, 3, 3),
        new($"{block}.branch7x7x3_1", 192, inputs, 1, 1), new($"{block}.branch7x7x3_2", 192, 192, 1, 7),
        new($"{block}.branch7x7x3_3", 192, 192, 7, 1), new($"{block}.branch7x7x3_4", 192, 192, 3, 3),
    ];

    private static InceptionUnit[] BlockE(string block, int inputs) =>
    [
        new($"{block}.branch1x1", 320, inputs, 1, 1),
        new($"{block}.branch3x3_1", 384, inputs, 1, 1), new($"{block}.branch3x3_2a", 384, 384, 1, 3), new($"{block}.branch3x3_2b", 384, 384, 3, 1),
        new($"{block}.branch3x3dbl_1", 448, inputs, 1, 1), new($"{block}.branch3x3dbl_2", 384, 448, 3, 3),
        new($"{block}.branch3x3dbl_3a", 384, 384, 1, 3), new($"{block}.branch3x3dbl_3b", 384, 384, 3, 1),
        new($"{block}.branch_pool", 192, inputs, 1, 1),
    ];
}
