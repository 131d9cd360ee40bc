namespace Sagan.Tensors.Functional;

/// <summary>Maps [N, C, H, W] read at other places, each picture at places of its own.</summary>
/// <remarks>
/// Made of look-ups and products, not of <c>aten::grid_sampler_2d</c>: that one cannot be differentiated twice, and a
/// gradient penalty that looks through an augmentation needs the second derivative.
/// </remarks>
public static class Sampling
{
    /// <summary>Rows and columns in another order: out[n, c, i, j] = x[n, c, rows[n, i], columns[n, j]].</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="rows">[N, H'] of Int64, each in 0 … H - 1.</param>
    /// <param name="columns">[N, W'] of Int64, each in 0 … W - 1.</param>
    /// <returns>[N, C, H', W'].</returns>
    public static Tensor Rearrange(Tensor x, Tensor rows, Tensor columns)
    {
        Tensor places = rows.Unsqueeze(2) * x.Size(3) + columns.Unsqueeze(1);            // [N, H', W'], no longer of Int64
        return Look(x.Flatten(2), places.Flatten().To(DType.Int64)).Reshape(x.Size(0), x.Size(1), rows.Size(1), columns.Size(1));
    }

    /// <summary>A ring of zeros, one pixel wide: [N, C, H, W] → [N, C, H + 2, W + 2].</summary>
    public static Tensor ZeroRing(Tensor x) => s_pad.Call(x, new long[] { 1, 1, 1, 1 }).Tensor;

    /// <summary>Where affine maps send the pixels of an output: coordinates as <see cref="Bilinear"/> takes them.</summary>
    /// <param name="maps">[N, 2, 3]: input place = map · (x, y, 1), both in -1 … 1 from edge to edge.</param>
    /// <param name="height">Of the output.</param>
    /// <param name="width">Of the output.</param>
    /// <returns>[N, height, width, 2].</returns>
    public static Tensor AffineGrid(Tensor maps, long height, long width) =>
        s_affineGrid.Call(maps, new[] { maps.Size(0), 1, height, width }, false).Tensor;

    /// <summary>Values between pixels, linear in both directions; beyond the edge are zeros.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="grid">[N, H', W', 2]: (x, y) of each output pixel, -1 … 1 from edge to edge of the input. A constant.</param>
    /// <returns>[N, C, H', W'].</returns>
    public static Tensor Bilinear(Tensor x, Tensor grid)
    {
        long height = x.Size(2), width = x.Size(3);
        Tensor flat = ZeroRing(x).Flatten(2);                                            // [N, C, (H + 2)(W + 2)]
        Tensor column = (grid.Select(3, 0).Flatten() + 1) * (width / 2.0) + 0.5;         // [N, H'W'], in the ringed map
        Tensor row = (grid.Select(3, 1).Flatten() + 1) * (height / 2.0) + 0.5;
        Tensor left = column.Floor(), top = row.Floor();
        Tensor toRight = column - left, toBottom = row - top;

        Tensor At(Tensor rows, Tensor columns, Tensor share)
        {
            Tensor place = rows.Clamp(0, height + 1) * (width + 2.0) + columns.Clamp(0, width + 1);
            return Look(flat, place.To(DType.Int64)) * share.Unsqueeze(1);
        }

        Tensor sum = At(top, left, (1 - toBottom) * (1 - toRight))
            + At(top, left + 1, (1 - toBottom) * toRight)
            + At(top + 1, left, toBottom * (1 - toRight))
            + At(top + 1, left + 1, toBottom * toRight);
        return sum.Reshape(x.Size(0), x.Size(1), grid.Size(1), grid.Size(2));
    }

    /// <summary>[N, C, P] at places [N, Q] → [N, C, Q].</summary>
    private static Tensor Look(Tensor flat, Tensor places) =>
        flat.Gather(2, places.Unsqueeze(1).Expand(flat.Size(0), flat.Size(1), places.Size(1)));

    private static readonly Operator s_pad = Operator.Find("aten::constant_pad_nd", 2);
    private static readonly Operator s_affineGrid = Operator.Find("aten::affine_grid_generator", 3);
}
