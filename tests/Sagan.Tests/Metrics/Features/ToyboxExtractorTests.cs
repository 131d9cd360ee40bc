using Sagan.Data.Toybox;
using Sagan.Metrics.Features;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Tests.Metrics.Features;

public class ToyboxExtractorTests
{
    private const int PerClass = 60;
    private const int Side = 32;

    /// <summary>Each degree must lie above the one before by this factor: chance alone makes a few percent.</summary>
    private const double Rise = 1.3;

    private static readonly Lazy<byte[]> s_real = new(() => Render(seed: 1)), s_other = new(() => Render(seed: 2));

    [Fact]
    public void Noise_moves_the_distance_the_further_the_more_there_is() =>
        AssertRises([4, 8, 16, 32], AddNoise);

    [Fact]
    public void Blur_moves_the_distance_the_further_the_more_there_is() => AssertRises([1, 2, 4, 8], Blur);

    [Fact]
    public void Wrong_colours_move_the_distance_the_further_the_more_there_are() => AssertRises([0.25, 0.5, 0.75, 1], TurnColours);

    [Fact]
    public void Missing_classes_move_the_distance_the_further_the_more_there_are()
    {
        using Scope scope = Scope.Open();
        using var extractor = new ToyboxExtractor();
        Tensor real = extractor.Extract(Pictures(s_real.Value)).Features;

        double[] distances = [.. new[] { 0, 4, 7 }.Select(missing =>
            FrechetOfFeatures.Distance(real, extractor.Extract(Pictures(Render(seed: 2, classes: ToyboxPictures.ClassCount - missing))).Features))];

        AssertRising(distances);
    }

    [Fact]
    public void Hundreds_of_pictures_span_all_directions()
    {
        using Scope scope = Scope.Open();
        using var extractor = new ToyboxExtractor();

        Assert.True(FrechetOfFeatures.Flatness(extractor.Extract(Pictures(s_real.Value)).Features) > 1e-9);
    }

    /// <summary>Scores of different editions cannot be compared: where this changes, the name must, too.</summary>
    [Fact]
    public void The_weights_are_those_of_the_first_edition()
    {
        using var extractor = new ToyboxExtractor();

        Assert.Equal("toybox-random-conv-1/bilinear-32/47e57ab67a664b86", extractor.Signature);
        Assert.Equal(128, extractor.FeatureCount);
        Assert.Null(extractor.LogitCount);
    }

    private static void AssertRises(double[] degrees, Func<Tensor, double, Tensor> spoil)
    {
        using Scope scope = Scope.Open();
        using var extractor = new ToyboxExtractor();
        Tensor real = extractor.Extract(Pictures(s_real.Value)).Features, other = Pictures(s_other.Value);

        AssertRising([
            FrechetOfFeatures.Distance(real, extractor.Extract(other).Features),
            .. degrees.Select(degree => FrechetOfFeatures.Distance(real, extractor.Extract(spoil(other, degree)).Features))]);
    }

    private static void AssertRising(double[] distances)
    {
        for (int i = 1; i < distances.Length; i++)
            Assert.True(distances[i] > Rise * distances[i - 1], string.Join(" ", distances.Select(distance => $"{distance:g3}")));
    }

    private static byte[] Render(long seed, int classes = ToyboxPictures.ClassCount)
    {
        const int Bytes = 3 * Side * Side;

        // As many pictures whatever the classes.
        byte[] pixels = new byte[PerClass * ToyboxPictures.ClassCount * Bytes];
        for (int i = 0; i * Bytes < pixels.Length; i++)
            ToyboxPictures.Render(i % classes, i / classes, seed, Side, pixels.AsSpan(i * Bytes, Bytes));
        return pixels;
    }

    private static Tensor Pictures(byte[] pixels) => Tensor.From<byte>(pixels, [PerClass * ToyboxPictures.ClassCount, 3, Side, Side]);

    private static Tensor AddNoise(Tensor pixels, double deviation)
    {
        using var random = new RandomSource(3);
        return Bytes(pixels.To(DType.Float32) + Tensor.Normal(pixels.Shape, random) * deviation);
    }

    private static Tensor Blur(Tensor pixels, double times)
    {
        Tensor x = pixels.To(DType.Float32);
        for (int i = 0; i < times; i++)
            x = Pooling.AveragePool3x3Inside(x);
        return Bytes(x);
    }

    private static Tensor TurnColours(Tensor pixels, double share)
    {
        Tensor x = pixels.To(DType.Float32);
        Tensor turned = Tensor.Concat(1, x.Narrow(1, 1, 2), x.Narrow(1, 0, 1));
        return Bytes(x * (1 - share) + turned * share);
    }

    private static Tensor Bytes(Tensor x) => (x + 0.5).Clamp(0, 255).To(DType.UInt8);
}
