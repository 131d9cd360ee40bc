using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Onnx;

/// <summary>Truncation as part of a graph: standard normal z in, z of a normal distribution cut off at ± threshold out.</summary>
/// <remarks>
/// Drawing again what falls outside needs random numbers, which a graph has none of. The distribution that comes of it is met
/// exactly by moving each number to the same quantile: z' = √2 erf⁻¹(erf(z/√2) · erf(t/√2)). Where a network has statistics by
/// truncation, its latents are those of the published BigGAN modules: a normal distribution cut off at ± 2, times t.
/// The inverse error function is Giles's approximation in single precision ("Approximating the erfinv function", 2010).
/// </remarks>
internal static class TruncationInput
{
    /// <summary>What callers know it by.</summary>
    internal const string Name = "truncation";

    /// <summary>From here on nothing is cut off: one number in 16,000 lies beyond.</summary>
    internal const double Off = 4;

    private const double PublishedBound = 2;
    private const double CentreEnds = 5;

    private static readonly double[] s_centre =
    [
        2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941,
    ];

    private static readonly double[] s_tail =
    [
        -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682,
    ];

    /// <summary>Writes what makes latents of z.</summary>
    /// <param name="graph">Has inputs for both.</param>
    /// <param name="z">Name of the numbers.</param>
    /// <param name="scaled">Whether it multiplies (networks with statistics by truncation) or cuts off.</param>
    /// <returns>The latents' name.</returns>
    internal static string Write(GraphWriter graph, string z, bool scaled)
    {
        graph.Enter(Name);
        string bound = scaled ? graph.Constant("bound", HostArray.Of<float>([(float)PublishedBound], 1)) : Name;
        string mass = graph.Node("Erf", [Times(graph, bound, Math.Sqrt(0.5))]);
        string quantile = graph.Node("Mul", [graph.Node("Erf", [Times(graph, z, Math.Sqrt(0.5))]), mass]);
        string cut = Times(graph, InverseErf(graph, quantile), Math.Sqrt(2));
        if (scaled)
            cut = graph.Node("Mul", [cut, Name]);
        string isOff = graph.Node("GreaterOrEqual", [Name, graph.Scalar("off", Off)]);
        return graph.Node("Where", [isOff, z, cut]);
    }

    /// <summary>Writes what chooses the statistics of a batch norm.</summary>
    /// <param name="graph">Has an input for the truncation.</param>
    /// <param name="layer">Path of the batch norm.</param>
    /// <param name="role">What is chosen, for names.</param>
    /// <param name="rows">[rows, channels], evenly spaced from 0 to 1.</param>
    /// <param name="mixing">What lies between two rows.</param>
    /// <returns>The name of [channels].</returns>
    internal static string WriteChoice(GraphWriter graph, string layer, string role, HostArray rows, RowMixing mixing)
    {
        graph.Enter(layer);
        long last = rows.Shape[0] - 1;
        string one = graph.Scalar("one", 1);
        string place = Times(graph, graph.Node("Clip", [Name, graph.Scalar("least", 0), one]), last);

        // Single precision leaves 0.28 · 50 beside 14; what is that near a row is meant to be the row.
        string nearest = graph.Node("Round", [place]);
        string apart = graph.Node("Abs", [graph.Node("Sub", [place, nearest])]);
        place = graph.Node("Where", [graph.Node("Less", [apart, graph.Scalar("tolerance", 1e-4)]), nearest, place]);

        string low = graph.Node("Floor", [place]);
        string beyond = graph.Node("Sub", [place, low]);                                        // [1]
        string high = graph.Node("Clip", [graph.Node("Add", [low, one]), "", graph.Scalar("last", last)]);
        string table = graph.Constant(role, rows);
        string lowRow = Row(graph, table, low, rows.Shape[1]), highRow = Row(graph, table, high, rows.Shape[1]);
        string rest = graph.Node("Sub", [one, beyond]);
        (string lowShare, string highShare) = mixing == RowMixing.Interpolated ? (rest, beyond) : SwapBetweenRows(graph, beyond, rest, one);
        return graph.Node("Add", [graph.Node("Mul", [lowRow, lowShare]), graph.Node("Mul", [highRow, highShare])]);
    }

    // On a row, the row itself.
    private static (string Low, string High) SwapBetweenRows(GraphWriter graph, string beyond, string rest, string one)
    {
        string isRow = graph.Node("Equal", [beyond, graph.Scalar("nothing", 0)]);
        return (graph.Node("Where", [isRow, one, beyond]), graph.Node("Where", [isRow, beyond, rest]));
    }

    private static string Row(GraphWriter graph, string table, string place, long channels)
    {
        string index = graph.Node("Cast", [place], NodeAttribute.Of("to", (long)ElementType.Of(DType.Int64)));
        string row = graph.Node("Gather", [table, index], NodeAttribute.Of("axis", 0));     // [1, channels]
        return graph.Node("Reshape", [row, graph.Integers(channels)]);
    }

    private static string InverseErf(GraphWriter graph, string x)
    {
        string one = graph.Scalar("one", 1);
        string least = graph.Scalar("least", 1e-30);
        string product = graph.Node("Mul", [graph.Node("Sub", [one, x]), graph.Node("Add", [one, x])]);
        string w = graph.Node("Neg", [graph.Node("Log", [graph.Node("Max", [product, least])])]);
        string centre = Polynomial(graph, s_centre, graph.Node("Sub", [w, graph.Scalar("shift", 2.5)]));
        string tail = Polynomial(graph, s_tail, graph.Node("Sub", [graph.Node("Sqrt", [graph.Node("Max", [w, least])]), graph.Scalar("shift", 3)]));
        string isCentre = graph.Node("Less", [w, graph.Scalar("centreEnds", CentreEnds)]);
        return graph.Node("Mul", [graph.Node("Where", [isCentre, centre, tail]), x]);
    }

    private static string Polynomial(GraphWriter graph, double[] coefficients, string x)
    {
        string sum = graph.Scalar("coefficient", coefficients[0]);
        foreach (double coefficient in coefficients[1..])
            sum = graph.Node("Add", [graph.Node("Mul", [sum, x]), graph.Scalar("coefficient", coefficient)]);
        return sum;
    }

    private static string Times(GraphWriter graph, string x, double factor) => graph.Node("Mul", [x, graph.Scalar("factor", factor)]);
}
