using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Training;

/// <summary>The average of a generator over training: what samples are drawn with.</summary>
/// <remarks>
/// Weights and batch statistics are averaged, as in BigGAN's authors' code. The vectors of spectral norms are not: they are
/// taken from the generator and brought to the averaged weights when the average is put to use.
/// </remarks>
internal sealed class Ema : IDisposable
{
    // The averaged weights are close to the generator's, whose vectors they start from; after thirty steps even a twentieth
    // of foreign weights is off by less than a thousandth (a test).
    private const int SettlingIterations = 30;

    private readonly EmaConfig _config;
    private readonly (Parameter Average, Parameter Source)[] _blended, _copied;

    internal Ema(EmaConfig config, Generator source, Generator average)
    {
        _config = config;
        Generator = average;
        Generator.SetTraining(false);

        HashSet<Parameter> statistics = [.. average.SelfAndDescendants().OfType<BatchStatistics>().SelectMany(part => part.State()).Select(entry => entry.Value)];
        var pairs = average.State().Zip(source.State(), (mine, theirs) => (Average: mine.Value, Source: theirs.Value)).ToArray();
        _blended = [.. pairs.Where(pair => pair.Average.IsTrained || statistics.Contains(pair.Average))];
        _copied = [.. pairs.Except(_blended)];
        foreach (Parameter parameter in pairs.Select(pair => pair.Average))
            parameter.Value.RequiresGrad = false;
    }

    /// <summary>The averaged generator, in evaluation mode for good. Owned here.</summary>
    internal Generator Generator { get; }

    /// <summary>Moves the average towards the generator.</summary>
    /// <param name="images">The clock after the step.</param>
    /// <param name="stepImages">Images since the last update.</param>
    internal void Update(long images, long stepImages)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        double decay = images < _config.StartImages ? 0 : Math.Pow(0.5, stepImages / _config.HalfLifeImages);
        Tensor[] averages = [.. _blended.Select(pair => pair.Average.Value)];
        Foreach.Scale(averages, decay);
        Foreach.Add(averages, [.. _blended.Select(pair => pair.Source.Value)], 1 - decay);
    }

    /// <summary>Makes the averaged generator ready for drawing.</summary>
    internal void Settle()
    {
        using Scope scope = Scope.Open();
        foreach ((Parameter average, Parameter source) in _copied)
            average.Value.CopyFrom(source.Value);
        Generator.AdvanceSpectralNorms(SettlingIterations);
    }

    public void Dispose() => Generator.Dispose();
}
