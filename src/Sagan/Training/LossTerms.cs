using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>The terms of a run's losses with what they remember.</summary>
internal sealed class LossTerms : IDisposable
{
    private readonly (LossTerm Term, Module? Memory)[] _terms;

    internal LossTerms(IReadOnlyList<LossTerm> terms, Device device)
    {
        _terms = [.. terms.Select(term => (term, term.CreateMemory()))];
        foreach ((_, Module? memory) in _terms)
            memory?.To(device);
    }

    /// <summary>What is remembered, by a name for the state's file.</summary>
    internal IEnumerable<(string Name, Module Memory)> Memories() => _terms
        .Select((entry, i) => (Name: $"term{i}", entry.Term, entry.Memory))
        .Where(entry => entry.Memory is not null && entry.Term.SavesMemory)
        .Select(entry => (entry.Name, entry.Memory!));

    /// <summary>Whether a term needs the graph from real pictures to their logits.</summary>
    internal bool DifferentiateReal(long update) => _terms.Any(entry => entry.Term.DifferentiatesReal(update));

    /// <summary>The sum for the discriminator; null for nothing.</summary>
    internal Tensor? ForDiscriminator(LossStep step) => Sum(entry => entry.Term.ForDiscriminator(step, entry.Memory));

    /// <summary>The sum for the generator; null for nothing.</summary>
    internal Tensor? ForGenerator(LossStep step) => Sum(entry => entry.Term.ForGenerator(step, entry.Memory));

    public void Dispose()
    {
        foreach ((_, Module? memory) in _terms)
            memory?.Dispose();
    }

    private Tensor? Sum(Func<(LossTerm Term, Module? Memory), Tensor?> value) =>
        _terms.Select(value).Aggregate((Tensor?)null, (sum, added) => sum is null ? added : added is null ? sum : sum + added);
}
