using DataType = Sagan.Onnx.Schema.TensorProto.Types.DataType;

namespace Sagan.Onnx;

/// <summary>What each operator of ONNX makes of the types and shapes of its inputs, by its published definition (opset 17).</summary>
internal static class ShapeRules
{
    private static readonly Dictionary<string, Func<NodeShapes, GraphShape>> s_all = new(StringComparer.Ordinal)
    {
        ["Add"] = Arithmetic,
        ["Sub"] = Arithmetic,
        ["Mul"] = Arithmetic,
        ["Max"] = Arithmetic,
        ["Less"] = Comparison,
        ["Equal"] = Comparison,
        ["GreaterOrEqual"] = Comparison,
        ["Where"] = Where,
        ["Neg"] = Alike,
        ["Abs"] = Alike,
        ["Sqrt"] = Alike,
        ["Log"] = Alike,
        ["Erf"] = Alike,
        ["Floor"] = Alike,
        ["Round"] = Alike,
        ["Relu"] = Alike,
        ["Tanh"] = Alike,
        ["LeakyRelu"] = node => Alike(node, "alpha"),
        ["Softmax"] = node => Alike(node, "axis"),
        ["Clip"] = Clip,
        ["Cast"] = node => Done(node, 1, (DataType)node.Setting("to", 0), node[0].Sizes),
        ["Reshape"] = Reshape,
        ["Expand"] = Expand,
        ["Transpose"] = Transpose,
        ["Slice"] = Slice,
        ["Gather"] = Gather,
        ["Concat"] = Concat,
        ["OneHot"] = OneHot,
        ["Gemm"] = Gemm,
        ["MatMul"] = MatMul,
        ["ReduceSum"] = node => Reduce(node, node.Integers(1), 2),
        ["ReduceMean"] = node => Reduce(node, node.Setting("axes"), 1),
        ["Conv"] = Convolve,
        ["ConvTranspose"] = ConvolveTransposed,
        ["BatchNormalization"] = Normalize,
        ["MaxPool"] = Pool,
        ["AveragePool"] = Pool,
        ["Resize"] = Resize,
    };

    /// <summary>The operators that have a rule.</summary>
    internal static IReadOnlyCollection<string> Names => s_all.Keys;

    /// <summary>The type of a node's result.</summary>
    /// <exception cref="OnnxException">The node does not fit its inputs, or its operator has no rule.</exception>
    internal static GraphShape Derive(NodeShapes node) => s_all.TryGetValue(node.Operation, out Func<NodeShapes, GraphShape>? rule)
        ? rule(node)
        : throw node.Problem("no rule is written down for this operator");

    private static GraphShape Arithmetic(NodeShapes node)
    {
        Require(node, node[0].Type == node[1].Type, "has inputs of two types");
        return Done(node, 2, node[0].Type, Broadcast(node, 0, 1));
    }

    private static GraphShape Comparison(NodeShapes node)
    {
        Require(node, node[0].Type == node[1].Type, "has inputs of two types");
        return Done(node, 2, DataType.Bool, Broadcast(node, 0, 1));
    }

    private static GraphShape Where(NodeShapes node)
    {
        Require(node, node[0].Type == DataType.Bool && node[1].Type == node[2].Type, "wants a truth value and two of one type");
        IReadOnlyList<long> chosen = Broadcast(node, 1, 2);
        return Done(node, 3, node[1].Type, GraphShape.Broadcast(node[0].Sizes, chosen) ?? throw node.Problem("has inputs that do not broadcast"));
    }

    private static GraphShape Alike(NodeShapes node) => Done(node, 1, node[0].Type, node[0].Sizes);

    private static GraphShape Alike(NodeShapes node, string setting)
    {
        Require(node, node.Mentions(setting), $"lacks its setting {setting}");
        return Alike(node);
    }

    private static GraphShape Clip(NodeShapes node)
    {
        for (int bound = 1; bound < node.InputCount; bound++)
            Require(node, !node.Has(bound) || node[bound] is { Rank: 0 } given && given.Type == node[0].Type, "has a bound that is no number of its type");
        return Done(node, 3, node[0].Type, node[0].Sizes);
    }

    private static GraphShape Reshape(NodeShapes node)
    {
        long[] wanted = node.Integers(1);
        long[] sizes = [.. wanted.Select((size, axis) => size == 0 ? At(node, 0, axis) : size)];
        Require(node, Count(sizes) == Count(node[0].Sizes), $"makes {new GraphShape(node[0].Type, sizes)} of {node[0]}");
        return Done(node, 2, node[0].Type, sizes);
    }

    private static GraphShape Expand(NodeShapes node)
    {
        IReadOnlyList<long> sizes = GraphShape.Broadcast(node[0].Sizes, node.Integers(1)) ?? throw node.Problem("does not broadcast to its shape");
        return Done(node, 2, node[0].Type, sizes);
    }

    private static GraphShape Transpose(NodeShapes node)
    {
        long[] axes = node.Setting("perm");
        Require(node, axes.Order().SequenceEqual(Enumerable.Range(0, node[0].Rank).Select(axis => (long)axis)), "its axes are no permutation");
        return Done(node, 1, node[0].Type, [.. axes.Select(axis => node[0].Sizes[(int)axis])]);
    }

    private static GraphShape Slice(NodeShapes node)
    {
        long[] starts = node.Integers(1), ends = node.Integers(2), axes = node.Integers(3);
        long[] sizes = [.. node[0].Sizes];
        for (int i = 0; i < axes.Length; i++)
        {
            Require(node, starts[i] >= 0 && starts[i] < ends[i] && ends[i] <= At(node, 0, (int)axes[i]), "cuts beyond its input");
            sizes[axes[i]] = ends[i] - starts[i];
        }

        return Done(node, 4, node[0].Type, sizes);
    }

    private static GraphShape Gather(NodeShapes node)
    {
        Require(node, node[1].Type == DataType.Int64, "has places that are no integers");
        int axis = (int)node.Setting("axis", 0);
        _ = At(node, 0, axis);
        return Done(node, 2, node[0].Type, [.. node[0].Sizes.Take(axis), .. node[1].Sizes, .. node[0].Sizes.Skip(axis + 1)]);
    }

    private static GraphShape Concat(NodeShapes node)
    {
        int axis = (int)node.Setting("axis", 0);
        long[] sizes = [.. node[0].Sizes];
        for (int i = 1; i < node.InputCount; i++)
        {
            Require(node, node[i].Type == node[0].Type && node[i].Rank == sizes.Length, "has parts of two kinds");
            for (int j = 0; j < sizes.Length; j++)
                Require(node, j == axis || node[i].Sizes[j] == sizes[j], $"has parts of two shapes: {node[0]} and {node[i]}");
            sizes[axis] += At(node, i, axis);
        }

        return Done(node, int.MaxValue, node[0].Type, sizes);
    }

    private static GraphShape OneHot(NodeShapes node)
    {
        Require(node, node.Integers(1).Length == 1 && node.Integers(2).Length == 2 && node.Setting("axis", -1) == -1, "is not laid out along a new last axis");
        return Done(node, 3, node[2].Type, [.. node[0].Sizes, node.Integers(1)[0]]);
    }

    private static GraphShape Gemm(NodeShapes node)
    {
        Require(node, node[0].Rank == 2 && node[1].Rank == 2 && node.Setting("transB", 0) == 1, "is not a matrix by a transposed matrix");
        Require(node, node[0].Sizes[1] == node[1].Sizes[1], $"multiplies {node[0]} by the transposed of {node[1]}");
        long[] sizes = [node[0].Sizes[0], node[1].Sizes[0]];
        Require(node, !node.Has(2) || GraphShape.Broadcast(node[2].Sizes, sizes) is { } summed && summed.SequenceEqual(sizes), "has a bias of another size");
        return Done(node, 3, node[0].Type, sizes);
    }

    private static GraphShape MatMul(NodeShapes node)
    {
        (IReadOnlyList<long> left, IReadOnlyList<long> right) = (node[0].Sizes, node[1].Sizes);
        Require(node, left.Count >= 2 && right.Count >= 2 && left[^1] == right[^2], $"multiplies {node[0]} by {node[1]}");
        IReadOnlyList<long> batch = GraphShape.Broadcast([.. left.SkipLast(2)], [.. right.SkipLast(2)]) ?? throw node.Problem("has batches that do not broadcast");
        return Done(node, 2, node[0].Type, [.. batch, left[^2], right[^1]]);
    }

    private static GraphShape Reduce(NodeShapes node, long[] axes, int inputs)
    {
        Require(node, node.Setting("keepdims", 1) == 0 && axes.All(axis => axis >= -node[0].Rank && axis < node[0].Rank), "reduces axes that are not there, or keeps them");
        HashSet<long> gone = [.. axes.Select(axis => axis < 0 ? axis + node[0].Rank : axis)];
        return Done(node, inputs, node[0].Type, [.. node[0].Sizes.Where((_, axis) => !gone.Contains(axis))]);
    }

    private static GraphShape Convolve(NodeShapes node)
    {
        (long[] sides, long[] strides, long[] pads) = (node.Setting("kernel_shape"), node.Setting("strides"), node.Setting("pads"));
        RequireKernel(node, sides, inputAxis: 1, outputAxis: 0);
        long Side(int i) => ((At(node, 0, 2 + i) + pads[i] + pads[2 + i] - sides[i]) / strides[i]) + 1;
        return Done(node, 3, node[0].Type, [node[0].Sizes[0], node[1].Sizes[0], Side(0), Side(1)]);
    }

    private static GraphShape ConvolveTransposed(NodeShapes node)
    {
        (long[] sides, long[] strides, long[] pads) = (node.Setting("kernel_shape"), node.Setting("strides"), node.Setting("pads"));
        long[] more = node.Setting("output_padding");
        RequireKernel(node, sides, inputAxis: 0, outputAxis: 1);
        long Side(int i) => (strides[i] * (At(node, 0, 2 + i) - 1)) + more[i] + sides[i] - pads[i] - pads[2 + i];
        return Done(node, 3, node[0].Type, [node[0].Sizes[0], node[1].Sizes[1], Side(0), Side(1)]);
    }

    private static void RequireKernel(NodeShapes node, long[] sides, int inputAxis, int outputAxis)
    {
        Require(node, node[0].Rank == 4 && node[1].Rank == 4 && node[1].Sizes.Skip(2).SequenceEqual(sides), "is no convolution of maps by a kernel of its sides");
        Require(node, node[0].Sizes[1] == node[1].Sizes[inputAxis], $"applies a kernel {node[1]} to {node[0]}");
        Require(node, !node.Has(2) || node[2].Sizes.SequenceEqual([node[1].Sizes[outputAxis]]), "has a bias of another size");
    }

    private static GraphShape Normalize(NodeShapes node)
    {
        Require(node, node.Mentions("epsilon") && node[0].Rank == 4, "lacks its epsilon, or reads no maps");
        for (int i = 1; i <= 4; i++)
            Require(node, node[i].Sizes.SequenceEqual([node[0].Sizes[1]]), $"its input {i} is {node[i]} for maps {node[0]}");
        return Done(node, 5, node[0].Type, node[0].Sizes);
    }

    private static GraphShape Pool(NodeShapes node)
    {
        (long[] sides, long[] strides) = (node.Setting("kernel_shape"), node.Setting("strides"));
        long Side(int i) => ((At(node, 0, 2 + i) - sides[i]) / strides[i]) + 1;
        return Done(node, 1, node[0].Type, [node[0].Sizes[0], node[0].Sizes[1], Side(0), Side(1)]);
    }

    private static GraphShape Resize(NodeShapes node)
    {
        float[] factors = node.Numbers(2);
        Require(node, node.Mentions("mode") && node.Mentions("coordinate_transformation_mode"), "does not say how it reads between pixels");
        _ = node.Mentions("nearest_mode");
        Require(node, factors.Length == 4 && factors[0] == 1 && factors[1] == 1, "changes more than heights and widths");
        long Side(int i) => (long)MathF.Floor(At(node, 0, i) * factors[i]);
        return Done(node, 3, node[0].Type, [node[0].Sizes[0], node[0].Sizes[1], Side(2), Side(3)]);
    }

    private static GraphShape Done(NodeShapes node, int mostInputs, DataType type, IReadOnlyList<long> sizes)
    {
        node.RequireNothingElse(mostInputs);
        return new GraphShape(type, sizes);
    }

    private static IReadOnlyList<long> Broadcast(NodeShapes node, int first, int second) =>
        GraphShape.Broadcast(node[first].Sizes, node[second].Sizes) ?? throw node.Problem($"has inputs {node[first]} and {node[second]}, which do not broadcast");

    // The open size counts once on either side: it can neither be split nor merged.
    private static (int Open, long Product) Count(IEnumerable<long> sizes) =>
        (sizes.Count(size => size == TracedValue.BatchSize), sizes.Where(size => size != TracedValue.BatchSize).Aggregate(1L, (product, size) => product * size));

    private static long At(NodeShapes node, int input, int axis) => axis >= 0 && axis < node[input].Rank
        ? node[input].Sizes[axis]
        : throw node.Problem($"names axis {axis} of {node[input]}");

    private static void Require(NodeShapes node, bool holds, string problem)
    {
        if (!holds)
            throw node.Problem(problem);
    }
}
