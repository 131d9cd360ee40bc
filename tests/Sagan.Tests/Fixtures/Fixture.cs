using System.Text.Json;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Fixtures;

/// <summary>One case of the shared fixtures: numbers that another project's own code computed.</summary>
internal sealed class Fixture
{
    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, HostArray> _arrays;
    private readonly JsonElement _case;
    private readonly HashSet<string> _roundingOnly;

    private Fixture(string folder)
    {
        _folder = folder;
        _arrays = NpzFile.Read(Path.Combine(folder, "io.npz"));
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(folder, "case.json")));
        _case = document.RootElement.Clone();
        _roundingOnly = [.. Texts("rounding_only")];
    }

    /// <summary>Opens a case by the name of its folder.</summary>
    internal static Fixture Open(string name) => new(SharedFactAttribute.Find($"fixtures/{name}")
        ?? throw new DirectoryNotFoundException($"shared/fixtures/{name} is not there."));

    /// <summary>The path of a file of the case.</summary>
    internal string File(string name) => Path.Combine(_folder, name);

    internal bool Has(string array) => _arrays.ContainsKey(array);

    /// <summary>An array as a host tensor of its own type, in the innermost scope.</summary>
    internal Tensor Tensor(string array) => ToTensor(_arrays[array]);

    /// <summary>What stands behind a prefix such as <c>train_grad__</c>: the peer's own names of parameters and buffers.</summary>
    internal IEnumerable<string> NamesAfter(string prefix) => _arrays.Keys
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(name => name[prefix.Length..]);

    /// <summary>The peer's state dict.</summary>
    internal IReadOnlyDictionary<string, HostArray> Weights(string file = "weights") =>
        TorchStateDict.Read(File($"{file}.pth"));

    /// <summary>A list of texts in case.json, for instance <c>G_parameters</c>.</summary>
    internal string[] Texts(string key) => [.. _case.GetProperty(key).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>A number of the training step in case.json, by its path: <c>G_optim</c>, <c>lr</c>.</summary>
    internal double StepNumber(params string[] path) =>
        path.Aggregate(_case.GetProperty("step"), (element, key) => element.GetProperty(key)).GetDouble();

    /// <summary>Whether the training step says so in case.json, for instance <c>split_D</c>.</summary>
    internal bool StepFlag(string key) => _case.GetProperty("step").GetProperty(key).GetBoolean();

    /// <summary>True where the array's own value is rounding noise.</summary>
    internal bool IsRoundingOnly(string array) => _roundingOnly.Contains(array);

    /// <summary>
    /// Rows of a checksum array whose length is rounding noise. Where the peer had no run in double precision to tell: those
    /// shorter than a hundred-thousandth of the longest.
    /// </summary>
    internal HashSet<int> RoundingRows(string array)
    {
        if (_case.GetProperty("arrays").GetProperty(array).TryGetProperty("rounding_rows", out JsonElement rows))
            return [.. rows.EnumerateArray().Select(row => row.GetInt32())];

        double[] lengths = [.. Closeness.Values(Tensor(array)).Where((_, i) => i % 2 == 1)];
        return [.. Enumerable.Range(0, lengths.Length).Where(row => lengths[row] < 1e-5 * lengths.Max())];
    }

    /// <summary>
    /// Ten times what an array changes by when the peer computes in double precision or with two threads: for values to
    /// which rounding is not small, as losses after steps of Adam.
    /// </summary>
    internal double SuggestedDifference(string array) =>
        _case.GetProperty("arrays").GetProperty(array).GetProperty("suggested_atol").GetDouble();

    /// <summary>What 99% of an array's elements change by at most when the peer computes in double precision.</summary>
    internal double DoublePrecisionChange(string array)
    {
        JsonElement facts = _case.GetProperty("arrays").GetProperty(array);
        if (facts.TryGetProperty("diff_float64_p99", out JsonElement most))
            return most.GetDouble();

        // Where the peer could not compute in double precision: what the fixtures' makers advise.
        JsonElement change = facts.GetProperty("diff_float64");
        return change.ValueKind == JsonValueKind.Null ? 1e-6 * facts.GetProperty("max_abs").GetDouble() : change.GetDouble();
    }

    /// <summary>What an array changes by when the peer computes in double precision, relative to its largest element; 0 where it cannot.</summary>
    internal double RelativeChange(string array)
    {
        JsonElement facts = _case.GetProperty("arrays").GetProperty(array);
        JsonElement change = facts.GetProperty("diff_float64");
        return change.ValueKind == JsonValueKind.Null ? 0 : change.GetDouble() / Math.Max(facts.GetProperty("max_abs").GetDouble(), 1e-30);
    }

    /// <summary>Fails when our numbers are further from the peer's than the tolerance; shapes may differ in axes of size 1.</summary>
    internal void Expect(string array, Tensor actual, double tolerance)
    {
        using Scope scope = Scope.Open();
        Closeness.Require($"{Path.GetFileName(_folder)}: {array}", Tensor(array), actual, tolerance);
    }

    /// <summary>Fails when our numbers are further from the peer's; passes over an array that is only rounding noise.</summary>
    internal void ExpectUnlessRounding(string array, Tensor actual, double tolerance)
    {
        if (!IsRoundingOnly(array))
            Expect(array, actual, tolerance);
    }

    internal static Tensor ToTensor(HostArray array) => Tensors.Tensor.FromBytes(array.Bytes, array.DType, array.Shape);
}
