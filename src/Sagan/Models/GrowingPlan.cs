using System.Numerics;
using Sagan.Layers;

namespace Sagan.Models;

/// <summary>One stage of a growing GAN to build.</summary>
/// <param name="Config">The chain's.</param>
/// <param name="Images">The stage's pictures.</param>
/// <param name="FadesIn">Whether there was a stage before.</param>
internal sealed record GrowingPlan(GrowingGanConfig Config, ImageSpec Images, bool FadesIn)
{
    internal const int FirstResolution = 4;

    private const int Smallest = 8;
    private const int Largest = 256;

    internal int Resolution => Images.Resolution;

    internal int Classes => Config.Conditional ? Images.Classes : 0;

    internal Initializer Initializer { get; } = new XavierInitializer();

    internal BlockInitializers Initializers => BlockInitializers.All(Initializer);

    /// <summary>The stage that a data set's resolution asks for.</summary>
    /// <exception cref="ConfigException">Stages that cannot be, or no such stage; names the setting and the cure.</exception>
    internal static GrowingPlan Of(GrowingGanConfig config, ImageSpec images)
    {
        RequireStages(config.Stages);
        int place = config.Stages.Index().Where(stage => stage.Item == images.Resolution).Select(stage => stage.Index).DefaultIfEmpty(-1).First();
        if (place < 0)
            throw new ConfigException("dataset.resolution", $"{images.Resolution} is none of the stages {string.Join(", ", config.Stages)}; choose one with --resolution, or others with --set model.stages=[…]");
        if (config.FadeImages < 0)
            throw new ConfigException("model.fadeImages", $"is {config.FadeImages}; it must not be negative");
        if (config.GeneratorWidth < 1 || config.DiscriminatorWidth < 1)
            throw new ConfigException(config.GeneratorWidth < 1 ? "model.generatorWidth" : "model.discriminatorWidth", "must be at least 1");
        if (config.Conditional && config.DiscriminatorCondition is DiscriminatorCondition.InputConcat or DiscriminatorCondition.HiddenConcat)
            throw new ConfigException("model.discriminatorCondition", "a growing discriminator takes the class at its head; choose projection, classifier or multi-class");

        var plan = new GrowingPlan(config, images, FadesIn: place > 0);
        foreach (int resolution in config.Attention)
            plan.RequireAttention(resolution);
        return plan;
    }

    /// <summary>Refuses stages that cannot follow one another.</summary>
    /// <exception cref="ConfigException">Names the cure.</exception>
    internal static void RequireStages(IReadOnlyList<int> stages)
    {
        bool possible = stages.Count > 0 && stages.All(stage => BitOperations.IsPow2(stage) && stage is >= Smallest and <= Largest)
            && stages.Zip(stages.Skip(1)).All(pair => pair.Second == 2 * pair.First);
        if (!possible)
            throw new ConfigException("model.stages", $"are {(stages.Count == 0 ? "none" : string.Join(", ", stages))}; each must be twice the one before, within {Smallest} to {Largest}, as in 16,32,64");
    }

    /// <summary>Channels of the generator's map of a resolution: 16, 16, 8, 8, 4, 2, 1 from 4x4 to 256x256.</summary>
    internal int GeneratorChannels(int resolution) => Config.GeneratorWidth * resolution switch
    {
        <= 8 => 16,
        <= 32 => 8,
        64 => 4,
        128 => 2,
        _ => 1,
    };

    /// <summary>Channels of the discriminator's map of a resolution: 16, 8, 8, 4, 2, 1 from 4x4 to 128x128.</summary>
    internal int DiscriminatorChannels(int resolution) => Config.DiscriminatorWidth * resolution switch
    {
        4 => 16,
        <= 16 => 8,
        32 => 4,
        64 => 2,
        _ => 1,
    };

    /// <summary>The attention layer of a map, or null.</summary>
    internal SelfAttention? AttentionAt(int resolution, int channels) => Config.Attention.Contains(resolution)
        ? new SelfAttention(channels, Initializer, Config.SpectralNorm, Config.AttentionForm)
        : null;

    private void RequireAttention(int resolution)
    {
        if (!BitOperations.IsPow2(resolution) || resolution < Smallest || resolution > Config.Stages[^1] / 2)
            throw new ConfigException("model.attention", $"there is no {resolution}x{resolution} map in both networks; choose from {Smallest} to {Config.Stages[^1] / 2}, or [] for none");
        int channels = Math.Min(GeneratorChannels(resolution), DiscriminatorChannels(resolution));
        if (channels < SelfAttention.FewestChannels)
            throw new ConfigException("model.attention", $"the {resolution}x{resolution} map has {channels} channels and attention needs {SelfAttention.FewestChannels}; make the networks wider");
    }
}
