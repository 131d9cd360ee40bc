using Sagan.Data;
using Sagan.Evaluation.Protocols;
using Sagan.Models;

namespace Sagan.Evaluation;

/// <summary>The real pictures of a run in training, as scores want them: those it trains on, or the test pictures beside them.</summary>
/// <param name="config">Where they come from.</param>
/// <param name="dataset">Those that it trains on; stay their owner's.</param>
internal sealed class TrainingPictures(DatasetConfig config, Dataset dataset) : IDisposable
{
    private Dataset? _test;

    /// <summary>Those that it trains on.</summary>
    internal PictureSeries Series { get; } = new DatasetPictures(dataset);

    internal IReadOnlyList<string> ClassNames => dataset.ClassNames;

    /// <summary>A part; test pictures are opened when they are asked for.</summary>
    internal Reference Of(RealPart part) => new PictureReference(part == RealPart.Test ? new DatasetPictures(_test ??= OpenTest()) : Series);

    public void Dispose() => _test?.Dispose();

    private Dataset OpenTest() => config is PicturesConfig pictures
        ? (pictures with { Split = "test" }).Open()
        : throw new ConfigException("--metrics", "the toybox has no test pictures; take a metric that ends in _full");
}
