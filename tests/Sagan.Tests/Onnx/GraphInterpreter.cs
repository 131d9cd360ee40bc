using Sagan.Onnx.Schema;

namespace Sagan.Tests.Onnx;

/// <summary>
/// Runs a graph node by node with plain loops in double precision, from the published definitions of the operators (opset
/// 17) and from nothing else: slow, short, and without libtorch.
/// </summary>
internal static class GraphInterpreter
{
    internal static Dictionary<string, GraphArray> Run(ModelProto model, IReadOnlyDictionary<string, GraphArray> inputs)
    {
        var values = new Dictionary<string, GraphArray>(inputs);
        foreach (TensorProto constant in model.Graph.Initializer)
            values.Add(constant.Name, GraphArray.Of(constant));
        foreach (NodeProto node in model.Graph.Node)
            values.Add(node.Output[0], Run(node, [.. node.Input.Select(name => name.Length == 0 ? null! : values[name])]));
        return model.Graph.Output.ToDictionary(output => output.Name, output => values[output.Name]);
    }

    private static GraphArray Run(NodeProto node, GraphArray[] x) => node.OpType switch
    {
        "Add" => Broadcast((a, b) => a + b, x[0], x[1]),
        "Sub" => Broadcast((a, b) => a - b, x[0], x[1]),
        "Mul" => Broadcast((a, b) => a * b, x[0], x[1]),
        "Max" => Broadcast(Math.Max, x[0], x[1]),
        "Less" => Broadcast((a, b) => a < b ? 1 : 0, x[0], x[1]),
        "Equal" => Broadcast((a, b) => a == b ? 1 : 0, x[0], x[1]),
        "GreaterOrEqual" => Broadcast((a, b) => a >= b ? 1 : 0, x[0], x[1]),
        "Where" => Choose(x[0], x[1], x[2]),
        "Neg" => Map(x[0], a => -a),
        "Abs" => Map(x[0], Math.Abs),
        "Sqrt" => Map(x[0], Math.Sqrt),
        "Log" => Map(x[0], Math.Log),
        "Erf" => Map(x[0], ErrorFunction.Of),
        "Floor" => Map(x[0], Math.Floor),
        "Round" => Map(x[0], a => Math.Round(a, MidpointRounding.ToEven)),
        "Relu" => Map(x[0], a => Math.Max(a, 0)),
        "LeakyRelu" => Map(x[0], a => a < 0 ? a * Setting(node, "alpha").F : a),
        "Tanh" => Map(x[0], Math.Tanh),
        "Clip" => Map(x[0], a => Math.Min(Math.Max(a, Bound(x, 1, double.NegativeInfinity)), Bound(x, 2, double.PositiveInfinity))),
        "Cast" => x[0],
        "Reshape" => x[0] with { Shape = [.. x[1].Values.Select((size, axis) => size == 0 ? x[0].Shape[axis] : (int)size)] },
        "Expand" => Broadcast((a, _) => a, x[0], new GraphArray([.. x[1].Values.Select(size => (int)size)])),
        "Transpose" => Transpose(x[0], Integers(node, "perm")),
        "Slice" => Slice(x[0], (int)x[1].Values[0], (int)x[2].Values[0], (int)x[3].Values[0]),
        "Gather" => Gather(x[0], x[1], (int)Setting(node, "axis").I),
        "Concat" => Concat(x, (int)Setting(node, "axis").I),
        "OneHot" => OneHot(x[0], (int)x[1].Values[0], x[2].Values),
        "Softmax" => Softmax(x[0], (int)Setting(node, "axis").I),
        "ReduceSum" => Reduce(x[0], [.. x[1].Values.Select(axis => (int)axis)], mean: false),
        "ReduceMean" => Reduce(x[0], Integers(node, "axes"), mean: true),
        "Gemm" => Broadcast((a, b) => a + b, MatrixProduct(x[0], Transpose(x[1], [1, 0])), x.Length > 2 ? x[2] : new GraphArray(1)),
        "MatMul" => MatrixProduct(x[0], x[1]),
        "Conv" => MapOperators.Convolve(x, Integers(node, "strides"), Integers(node, "pads")),
        "ConvTranspose" => MapOperators.ConvolveTransposed(x, Integers(node, "strides"), Integers(node, "pads"), Integers(node, "output_padding")),
        "BatchNormalization" => MapOperators.Normalize(x, Setting(node, "epsilon").F),
        "MaxPool" => MapOperators.Pool(x[0], Integers(node, "kernel_shape"), Integers(node, "strides"), Enumerable.Max),
        "AveragePool" => MapOperators.Pool(x[0], Integers(node, "kernel_shape"), Integers(node, "strides"), Enumerable.Average),
        "Resize" => MapOperators.Resize(x[0], x[2].Values, Text(node, "mode"), Text(node, "coordinate_transformation_mode")),
        _ => throw new NotSupportedException(node.OpType),
    };

    private static AttributeProto Setting(NodeProto node, string name) => node.Attribute.Single(setting => setting.Name == name);

    private static int[] Integers(NodeProto node, string name) => [.. Setting(node, name).Ints.Select(value => (int)value)];

    private static string Text(NodeProto node, string name) => Setting(node, name).S.ToStringUtf8();

    private static double Bound(GraphArray[] x, int place, double none) => place < x.Length && x[place] is { } bound ? bound.Values[0] : none;

    private static GraphArray Map(GraphArray x, Func<double, double> function) => new(x.Shape, [.. x.Values.Select(function)]);

    private static GraphArray Broadcast(Func<double, double, double> function, GraphArray a, GraphArray b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        int[] shape = [.. Enumerable.Range(1, rank).Reverse().Select(i => Math.Max(i <= a.Rank ? a.Shape[^i] : 1, i <= b.Rank ? b.Shape[^i] : 1))];
        int[] first = a.StridesFor(shape), second = b.StridesFor(shape);
        return new GraphArray(shape, [.. GraphArray.Places(shape).Select(place => function(a.Values[Dot(place, first)], b.Values[Dot(place, second)]))]);
    }

    private static GraphArray Choose(GraphArray which, GraphArray a, GraphArray b)
    {
        GraphArray shape = Broadcast((_, _) => 0, which, Broadcast((_, _) => 0, a, b));
        int[] condition = which.StridesFor(shape.Shape), first = a.StridesFor(shape.Shape), second = b.StridesFor(shape.Shape);
        return shape with
        {
            Values = [.. GraphArray.Places(shape.Shape).Select(place => which.Values[Dot(place, condition)] != 0 ? a.Values[Dot(place, first)] : b.Values[Dot(place, second)])],
        };
    }

    private static int Dot(int[] place, int[] strides)
    {
        int sum = 0;
        for (int i = 0; i < place.Length; i++)
            sum += place[i] * strides[i];
        return sum;
    }

    private static GraphArray Transpose(GraphArray x, int[] axes)
    {
        int[] shape = [.. axes.Select(axis => x.Shape[axis])], strides = new int[axes.Length];
        int[] given = [.. Enumerable.Range(0, x.Rank).Select(axis => GraphArray.Count(x.Shape.Skip(axis + 1)))];
        for (int i = 0; i < axes.Length; i++)
            strides[i] = given[axes[i]];
        return new GraphArray(shape, [.. GraphArray.Places(shape).Select(place => x.Values[Dot(place, strides)])]);
    }

    private static GraphArray Slice(GraphArray x, int start, int end, int axis) =>
        Gather(x, GraphArray.Of([.. Enumerable.Range(start, end - start).Select(place => (long)place)], end - start), axis);

    private static GraphArray Gather(GraphArray x, GraphArray places, int axis)
    {
        int outer = GraphArray.Count(x.Shape.Take(axis)), inner = GraphArray.Count(x.Shape.Skip(axis + 1));
        int[] shape = [.. x.Shape.Take(axis), .. places.Shape, .. x.Shape.Skip(axis + 1)];
        var values = new List<double>();
        for (int i = 0; i < outer; i++)
        {
            foreach (double place in places.Values)
                values.AddRange(x.Values.AsSpan(((i * x.Shape[axis]) + (int)place) * inner, inner));
        }

        return new GraphArray(shape, [.. values]);
    }

    private static GraphArray Concat(GraphArray[] parts, int axis)
    {
        int outer = GraphArray.Count(parts[0].Shape.Take(axis));
        var values = new List<double>();
        for (int i = 0; i < outer; i++)
        {
            foreach (GraphArray part in parts)
                values.AddRange(part.Values.AsSpan(i * part.Values.Length / outer, part.Values.Length / outer));
        }

        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        return new GraphArray(shape, [.. values]);
    }

    private static GraphArray OneHot(GraphArray x, int depth, double[] offAndOn) =>
        new([.. x.Shape, depth], [.. x.Values.SelectMany(label => Enumerable.Range(0, depth).Select(i => offAndOn[i == (int)label ? 1 : 0]))]);

    private static GraphArray Softmax(GraphArray x, int axis)
    {
        Assert.Equal(x.Rank - 1, axis);
        int size = x.Shape[^1];
        double[] values = new double[x.Values.Length];
        for (int row = 0; row < values.Length; row += size)
        {
            double most = x.Values[row..(row + size)].Max(), sum = 0;
            for (int i = row; i < row + size; i++)
                sum += values[i] = Math.Exp(x.Values[i] - most);
            for (int i = row; i < row + size; i++)
                values[i] /= sum;
        }

        return x with { Values = values };
    }

    private static GraphArray Reduce(GraphArray x, int[] axes, bool mean)
    {
        int[] gone = [.. axes.Select(axis => axis < 0 ? axis + x.Rank : axis)];
        var kept = new GraphArray([.. x.Shape.Where((_, axis) => !gone.Contains(axis))]);
        var full = new GraphArray([.. x.Shape.Select((size, axis) => gone.Contains(axis) ? 1 : size)]);
        int[] strides = full.StridesFor(x.Shape);
        int next = 0;
        foreach (int[] place in GraphArray.Places(x.Shape))
            kept.Values[Dot(place, strides)] += x.Values[next++];
        double count = mean ? (double)x.Values.Length / kept.Values.Length : 1;
        return Map(kept, sum => sum / count);
    }

    private static GraphArray MatrixProduct(GraphArray a, GraphArray b)
    {
        int rows = a.Shape[^2], inner = a.Shape[^1], columns = b.Shape[^1], batch = GraphArray.Count(a.Shape.SkipLast(2));
        Assert.True(b.Rank == 2 || a.Shape.SkipLast(2).SequenceEqual(b.Shape.SkipLast(2)));
        var product = new GraphArray([.. a.Shape.SkipLast(1), columns]);
        for (int n = 0; n < batch; n++)
        {
            int right = b.Rank == 2 ? 0 : n * inner * columns;
            for (int i = 0; i < rows; i++)
            {
                Span<double> row = product.Values.AsSpan(((n * rows) + i) * columns, columns);
                for (int k = 0; k < inner; k++)
                {
                    double factor = a.Values[(((n * rows) + i) * inner) + k];
                    for (int j = 0; j < columns; j++)
                        row[j] += factor * b.Values[right + (k * columns) + j];
                }
            }
        }

        return product;
    }
}
