using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Layers;

/// <summary>Parameters to and from safetensors entries, by name.</summary>
internal static class ModuleFile
{
    /// <summary>Entries that read the tensors when their turn to be written comes.</summary>
    internal static IEnumerable<SafetensorsEntry> Entries(string prefix, IEnumerable<(string Name, Parameter Value)> state) =>
        state.Select(entry => new SafetensorsEntry(
            $"{prefix}.{entry.Name}", entry.Value.Value.DType, entry.Value.Value.Shape, stream => Write(stream, entry.Value.Value)));

    /// <summary>Fills a network.</summary>
    /// <exception cref="ArrayFileException">A key is missing, left over, or of another shape; the message lists them.</exception>
    internal static void Read(SafetensorsFile file, string prefix, Module network) => Read(file, prefix, network.State());

    /// <inheritdoc cref="Read(SafetensorsFile, string, Module)"/>
    internal static void Read(SafetensorsFile file, string prefix, IEnumerable<(string Name, Parameter Value)> state)
    {
        (string Key, Parameter Value)[] wanted = [.. state.Select(entry => ($"{prefix}.{entry.Name}", entry.Value))];
        RequireMatch(file, prefix, wanted);
        Fill(file, wanted);
    }

    /// <summary>Makes a network of a file ready for use: filled, in evaluation mode, without gradients of its own.</summary>
    /// <param name="path">The file.</param>
    /// <param name="prefix">Of its keys.</param>
    /// <param name="network">Freshly built; freed where the file does not fit.</param>
    /// <param name="device">Where it goes.</param>
    /// <returns>The network.</returns>
    /// <exception cref="ArrayFileException">The weights are not those of such a network.</exception>
    internal static TNetwork Load<TNetwork>(string path, string prefix, TNetwork network, Device device)
        where TNetwork : Module
    {
        try
        {
            using (SafetensorsFile file = SafetensorsFile.Open(path))
                Read(file, prefix, network);
            network.To(device);
        }
        catch
        {
            network.Dispose();
            throw;
        }

        network.SetTraining(false);
        foreach ((_, Parameter parameter) in network.NamedParameters())
            parameter.Value.RequiresGrad = false;
        return network;
    }

    /// <summary>Fills the parts of a network that the file has, and leaves the others.</summary>
    /// <exception cref="ArrayFileException">A part of the same name has another shape.</exception>
    internal static void ReadShared(SafetensorsFile file, string prefix, Module network)
    {
        (string Key, Parameter Value)[] shared = [.. network.State().Select(entry => ($"{prefix}.{entry.Name}", entry.Value)).Where(entry => file.Contains(entry.Item1))];
        if (shared.Select(entry => ShapeProblem(file, entry.Key, entry.Value)).OfType<string>().FirstOrDefault() is { } problem)
            throw new ArrayFileException(file.Path, prefix, problem);
        Fill(file, shared);
    }

    private static void Fill(SafetensorsFile file, (string Key, Parameter Value)[] wanted)
    {
        using GradMode noGrad = Autograd.NoGrad();
        foreach ((string key, Parameter parameter) in wanted)
        {
            using Scope scope = Scope.Open();
            HostArray array = file[key];
            parameter.Value.CopyFrom(Tensor.FromBytes(array.Bytes, array.DType, array.Shape));
        }
    }

    private static void RequireMatch(SafetensorsFile file, string prefix, (string Key, Parameter Value)[] wanted)
    {
        var problems = new List<string>();
        foreach ((string key, Parameter parameter) in wanted)
        {
            if (!file.Contains(key))
                problems.Add($"{key} is missing");
            else if (ShapeProblem(file, key, parameter) is { } problem)
                problems.Add(problem);
        }

        HashSet<string> known = [.. wanted.Select(entry => entry.Key)];
        problems.AddRange(file.Names.Where(name => name.StartsWith(prefix + ".", StringComparison.Ordinal) && !known.Contains(name)).Select(name => $"{name} is not part of this network"));
        if (problems.Count > 0)
        {
            string more = problems.Count > 5 ? $", and {problems.Count - 5} more" : "";
            throw new ArrayFileException(file.Path, prefix, string.Join("; ", problems.Take(5)) + more);
        }
    }

    private static string? ShapeProblem(SafetensorsFile file, string key, Parameter parameter) =>
        file[key].Shape.SequenceEqual(parameter.Value.Shape)
            ? null
            : $"{key} is [{Print(file[key].Shape)}] and should be [{Print(parameter.Value.Shape)}]";

    private static void Write(Stream stream, Tensor tensor)
    {
        byte[] bytes = new byte[tensor.Count * tensor.DType.Size()];
        tensor.CopyBytesTo(bytes);
        stream.Write(bytes);
    }

    private static string Print(ReadOnlySpan<long> shape) => string.Join(", ", shape.ToArray());
}
