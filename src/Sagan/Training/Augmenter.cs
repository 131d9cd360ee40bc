using Sagan.Augmentations;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>A run's augmentation with what it remembers; without one, pictures pass unchanged.</summary>
internal sealed class Augmenter : IDisposable
{
    private readonly Augmentation? _augmentation;
    private readonly long _seed;
    private readonly Device _device;

    internal Augmenter(Augmentation? augmentation, long seed, Device device)
    {
        _augmentation = augmentation;
        _seed = seed;
        _device = device;
        Memory = augmentation?.CreateMemory();
        Memory?.To(device);
    }

    /// <summary>What is remembered; null for nothing.</summary>
    internal Module? Memory { get; }

    /// <summary>A change of pictures for one step; two calls of it change pictures differently.</summary>
    internal Func<Tensor, Tensor> For(DrawPurpose purpose, long position)
    {
        if (_augmentation is null)
            return pictures => pictures;
        var draws = new Draws(_seed, purpose, position, _device);
        return pictures => _augmentation.Apply(pictures, draws, Memory);
    }

    /// <summary>Shows the augmentation a judgement of real pictures.</summary>
    internal void Observe(Judgement real) => _augmentation?.Observe(real.Detach(), Memory);

    /// <summary>Lets the augmentation adapt after an update of the discriminator.</summary>
    internal void Adapt(long updates) => _augmentation?.Adapt(updates, Memory);

    /// <summary>Where the augmentation stands, for the event log.</summary>
    internal IReadOnlyList<(string Name, double Value)> Figures() => [.. _augmentation?.Figures(Memory) ?? []];

    public void Dispose() => Memory?.Dispose();
}
