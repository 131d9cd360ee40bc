namespace Sagan.Tests.Onnx;

/// <summary>The interpreter's operators on maps [N, C, H, W].</summary>
internal static class MapOperators
{
    internal static GraphArray Convolve(GraphArray[] x, int[] strides, int[] pads)
    {
        (int count, int inputs, int height, int width) = Sizes(x[0]);
        (int outputs, _, int tall, int wide) = Sizes(x[1]);
        int rows = ((height + pads[0] + pads[2] - tall) / strides[0]) + 1, columns = ((width + pads[1] + pads[3] - wide) / strides[1]) + 1;
        var result = new GraphArray(count, outputs, rows, columns);
        Each(count, outputs, rows, columns, (n, o, i, j) => result.Values[At(result, n, o, i, j)] = x.Length > 2 ? x[2].Values[o] : 0);
        Each(outputs, inputs, tall, wide, (o, c, u, v) =>
        {
            double factor = x[1].Values[At(x[1], o, c, u, v)];
            for (int n = 0; n < count; n++)
            {
                for (int i = 0; i < rows; i++)
                {
                    int row = (i * strides[0]) + u - pads[0];
                    if (row < 0 || row >= height)
                        continue;
                    Span<double> sums = result.Values.AsSpan(At(result, n, o, i, 0), columns);
                    Span<double> values = x[0].Values.AsSpan(At(x[0], n, c, row, 0), width);
                    for (int j = 0, column = v - pads[1]; j < columns; j++, column += strides[1])
                    {
                        if (column >= 0 && column < width)
                            sums[j] += factor * values[column];
                    }
                }
            }
        });
        return result;
    }

    // Each input lays its kernel over the output; what falls into the padding is cut off.
    internal static GraphArray ConvolveTransposed(GraphArray[] x, int[] strides, int[] pads, int[] outputPadding)
    {
        (int count, int inputs, int height, int width) = Sizes(x[0]);
        (_, int outputs, int tall, int wide) = Sizes(x[1]);
        int rows = (strides[0] * (height - 1)) + outputPadding[0] + tall - pads[0] - pads[2];
        int columns = (strides[1] * (width - 1)) + outputPadding[1] + wide - pads[1] - pads[3];
        var result = new GraphArray(count, outputs, rows, columns);
        Each(count, outputs, rows, columns, (n, o, i, j) => result.Values[At(result, n, o, i, j)] = x.Length > 2 ? x[2].Values[o] : 0);
        Each(count, inputs, height, width, (n, c, i, j) => Each(1, outputs, tall, wide, (_, o, u, v) =>
        {
            int row = (i * strides[0]) + u - pads[0], column = (j * strides[1]) + v - pads[1];
            if (row >= 0 && row < rows && column >= 0 && column < columns)
                result.Values[At(result, n, o, row, column)] += x[0].Values[At(x[0], n, c, i, j)] * x[1].Values[At(x[1], c, o, u, v)];
        }));
        return result;
    }

    internal static GraphArray Normalize(GraphArray[] x, double epsilon)
    {
        (int count, int channels, int height, int width) = Sizes(x[0]);
        var result = new GraphArray(x[0].Shape);
        Each(count, channels, height, width, (n, c, i, j) =>
        {
            int place = At(x[0], n, c, i, j);
            result.Values[place] = ((x[0].Values[place] - x[3].Values[c]) / Math.Sqrt(x[4].Values[c] + epsilon) * x[1].Values[c]) + x[2].Values[c];
        });
        return result;
    }

    internal static GraphArray Pool(GraphArray x, int[] sides, int[] strides, Func<IEnumerable<double>, double> reduce)
    {
        (int count, int channels, int height, int width) = Sizes(x);
        var result = new GraphArray(count, channels, ((height - sides[0]) / strides[0]) + 1, ((width - sides[1]) / strides[1]) + 1);
        Each(count, channels, result.Shape[2], result.Shape[3], (n, c, i, j) => result.Values[At(result, n, c, i, j)] = reduce(
            from u in Enumerable.Range(0, sides[0])
            from v in Enumerable.Range(0, sides[1])
            select x.Values[At(x, n, c, (i * strides[0]) + u, (j * strides[1]) + v)]));
        return result;
    }

    internal static GraphArray Resize(GraphArray x, double[] factors, string mode, string coordinates)
    {
        (int count, int channels, int height, int width) = Sizes(x);
        var result = new GraphArray(count, channels, (int)(height * factors[2]), (int)(width * factors[3]));
        double Source(int place, double factor) => coordinates == "asymmetric" ? place / factor : ((place + 0.5) / factor) - 0.5;
        double Pixel(int n, int c, double row, double column) =>
            x.Values[At(x, n, c, (int)Math.Clamp(row, 0, height - 1), (int)Math.Clamp(column, 0, width - 1))];
        Each(count, channels, result.Shape[2], result.Shape[3], (n, c, i, j) =>
        {
            double row = Source(i, factors[2]), column = Source(j, factors[3]);
            double top = Math.Floor(row), left = Math.Floor(column), down = row - top, right = column - left;
            result.Values[At(result, n, c, i, j)] = mode == "nearest"
                ? Pixel(n, c, top, left)
                : ((1 - down) * (((1 - right) * Pixel(n, c, top, left)) + (right * Pixel(n, c, top, left + 1))))
                    + (down * (((1 - right) * Pixel(n, c, top + 1, left)) + (right * Pixel(n, c, top + 1, left + 1))));
        });
        return result;
    }

    private static (int, int, int, int) Sizes(GraphArray x) => (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);

    private static int At(GraphArray x, int n, int c, int i, int j) => (((((n * x.Shape[1]) + c) * x.Shape[2]) + i) * x.Shape[3]) + j;

    private static void Each(int count, int channels, int rows, int columns, Action<int, int, int, int> action)
    {
        for (int n = 0; n < count; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                for (int i = 0; i < rows; i++)
                {
                    for (int j = 0; j < columns; j++)
                        action(n, c, i, j);
                }
            }
        }
    }
}
