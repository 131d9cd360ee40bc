using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Fixtures;

/// <summary>Another project's names for what our modules hold.</summary>
internal abstract class PeerNames
{
    /// <summary>Our names whose values, side by side along axis 1, are the peer's array; none where we keep nothing like it.</summary>
    /// <exception cref="ArgumentException">The name was not expected.</exception>
    internal abstract string[] Ours(string theirs);

    /// <summary>What our value has above the peer's: 1 where theirs of a gain is what is added to 1.</summary>
    internal virtual double Offset(string ours) => 0;

    /// <summary>Takes over the peer's values. Only v may stay as it was: some peers keep u alone, and v follows from it.</summary>
    internal void Load(Module module, IReadOnlyDictionary<string, HostArray> weights)
    {
        Dictionary<string, Parameter> state = State(module);
        foreach ((string theirs, HostArray array) in weights)
            Take(state, Ours(theirs), array);

        Assert.DoesNotContain(state.Keys, name => name.Split('.')[^1] != "v");
    }

    /// <summary>Something of ours (a value, a gradient) in the order of the peer's array.</summary>
    internal Tensor InTheirOrder(Module module, string theirs, Func<Parameter, Tensor> what)
    {
        Dictionary<string, Parameter> state = State(module);
        Tensor[] parts = [.. Ours(theirs).Select(name => what(state[name]))];
        return parts.Length == 1 ? parts[0] : Tensor.Concat(1, parts);
    }

    /// <summary>A parameter or buffer of ours as the peer has it, without gradient.</summary>
    internal Tensor InTheirTerms(Module module, string theirs) =>
        InTheirOrder(module, theirs, parameter => parameter.Value.Detach()) - Offset(Ours(theirs)[0]);

    /// <summary>Compares all buffers of which a fixture has arrays.</summary>
    /// <param name="fixture">The case.</param>
    /// <param name="prefix">Of the arrays.</param>
    /// <param name="module">Ours.</param>
    /// <param name="tolerance">Relative to the largest element.</param>
    /// <param name="except">The end of names to pass over.</param>
    internal void ExpectBuffers(Fixture fixture, string prefix, Module module, double tolerance, string? except = null)
    {
        foreach (string theirs in fixture.NamesAfter(prefix).Where(name => Ours(name).Length > 0 && (except is null || !name.EndsWith(except, StringComparison.Ordinal))))
            fixture.Expect(prefix + theirs, InTheirOrder(module, theirs, buffer => buffer.Value), tolerance);
    }

    /// <summary>Compares all gradients of which a fixture has arrays; there must be one.</summary>
    internal void ExpectGradients(Fixture fixture, string prefix, Module module, double tolerance)
    {
        string[] names = [.. fixture.NamesAfter(prefix)];
        Assert.NotEmpty(names);
        foreach (string theirs in names)
            fixture.ExpectUnlessRounding(prefix + theirs, InTheirOrder(module, theirs, Gradient), tolerance);
    }

    internal static Tensor Gradient(Parameter parameter) => parameter.Value.Gradient
        ?? throw new InvalidOperationException($"{parameter.Name} has no gradient.");

    private static Dictionary<string, Parameter> State(Module module) =>
        module.State().ToDictionary(entry => entry.Name, entry => entry.Value);

    private void Take(Dictionary<string, Parameter> state, string[] ours, HostArray array)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        Tensor values = Fixture.ToTensor(array);
        long start = 0;
        foreach (string name in ours)
        {
            Assert.True(state.Remove(name, out Parameter? parameter), $"{name} is not ours, or came twice.");
            Tensor part = ours.Length == 1 ? values : values.Narrow(1, start, parameter.Value.Size(1));
            parameter.Value.CopyFrom(part.Reshape(parameter.Value.Shape) + Offset(name));
            start += ours.Length == 1 ? 0 : parameter.Value.Size(1);
        }
    }
}
