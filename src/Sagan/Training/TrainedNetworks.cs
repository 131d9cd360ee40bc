using Sagan.Data;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>The networks of a run: both that are trained, and the generator's average where one is kept.</summary>
internal sealed class TrainedNetworks : IDisposable
{
    private TrainedNetworks(GanModel gan, Ema? average) => (Gan, Average) = (gan, average);

    internal GanModel Gan { get; }

    /// <summary>The generator's average; null: the run keeps none.</summary>
    internal Ema? Average { get; }

    /// <summary>The generator that samples are drawn with.</summary>
    internal Generator Drawing => Average?.Generator ?? Gan.Generator;

    /// <summary>Fresh networks, or those of a snapshot, its average among them.</summary>
    /// <param name="config">Of the run.</param>
    /// <param name="dataset">What its pictures are like decides shapes.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="weights">Start from these; null: fresh ones.</param>
    /// <param name="grows">Whether to take over of the weights only what both have, by name.</param>
    internal static TrainedNetworks Start(TrainingConfig config, Dataset dataset, Device device, Snapshot? weights, bool grows) =>
        Build(config, dataset, device, (gan, average) =>
        {
            if (weights is not null && !grows)
            {
                weights.Restore(gan, average);
                return;
            }

            weights?.RestoreShared(gan);
            average?.CopyFrom(gan.Generator);
        });

    /// <summary>The networks of a snapshot, the average among them.</summary>
    internal static TrainedNetworks Resume(TrainingConfig config, Dataset dataset, Device device, Snapshot snapshot) =>
        Build(config, dataset, device, snapshot.Restore);

    public void Dispose()
    {
        Average?.Dispose();
        Gan.Dispose();
    }

    private static TrainedNetworks Build(TrainingConfig config, Dataset dataset, Device device, Action<GanModel, Generator?> fill)
    {
        ImageSpec images = RequireFit(config, dataset);
        using var random = new RandomSource((ulong)config.Seed);
        GanModel gan = config.Model.Build(images, random);
        Generator? average = config.Ema is null ? null : config.Model.BuildGenerator(images);
        try
        {
            fill(gan, average);
        }
        catch
        {
            // The file of a former run does not fit: nobody else knows of these networks.
            gan.Dispose();
            average?.Dispose();
            throw;
        }

        gan.Generator.To(device);
        gan.Discriminator.To(device);
        average?.To(device);
        return new TrainedNetworks(gan, average is null ? null : new Ema(config.Ema!, gan.Generator, average));
    }

    // What is wrong with settings or pictures is said before anything is built.
    private static ImageSpec RequireFit(TrainingConfig config, Dataset dataset)
    {
        config.Validate();
        if (dataset.Width != dataset.Height)
            throw new ConfigException("dataset", $"pictures are {dataset.Width}x{dataset.Height}; networks draw squares: give a --resolution");

        HeldOutPictures.RequireEnough(dataset, config.Collapse.HeldOut);
        config.Keep.Best?.Require(dataset);

        var images = new ImageSpec(dataset.Channels, dataset.Width, dataset.ClassNames.Count);
        foreach (LossTerm term in config.Terms)
            term.RequireFit(config.Model, images, dataset.ClassNames);
        return images;
    }
}
