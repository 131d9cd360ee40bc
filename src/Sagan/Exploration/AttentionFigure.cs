using Sagan.Imaging;
using Sagan.Layers;

namespace Sagan.Exploration;

/// <summary>
/// The figure of the SAGAN paper: a picture with coloured dots, and for each dot a panel that shows where its position looks
/// (Zhang et al. 2019, arXiv:1805.08318, figures 1 and 5). One row a layer.
/// </summary>
/// <remarks>
/// In a panel the picture is dimmed, and colour shows the weight of a position as a share of the largest in the panel: black
/// and white where nothing is seen, the dot's own colour at the largest weight.
/// </remarks>
public static class AttentionFigure
{
    private const int SmallestPanel = 128;
    private const double Dimmed = 0.4;

    /// <summary>Told apart also by people who confuse red and green: their brightness differs, too.</summary>
    private static readonly Rgb[] s_colours =
    [
        new(255, 82, 62), new(70, 170, 255), new(255, 214, 50), new(72, 222, 140), new(232, 120, 255), new(255, 160, 70), new(150, 240, 255), new(255, 255, 255),
    ];

    /// <summary>Most places in one figure: each has a colour of its own.</summary>
    public static int MostQueries => s_colours.Length;

    /// <summary>Composes the figure.</summary>
    /// <param name="sample">A picture with at least one map.</param>
    /// <param name="queries">Places in the picture, at most <see cref="MostQueries"/>.</param>
    public static Raster Compose(AttentionSample sample, IReadOnlyList<QueryPoint> queries)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(queries.Count, MostQueries);
        Raster picture = sample.Picture;
        int factor = Math.Max(1, (SmallestPanel + picture.Width - 1) / picture.Width);
        Raster large = ImageColours.Three(Resampling.Enlarge(picture, factor));

        var panels = new List<Raster>();
        foreach (AttentionMap map in sample.Maps)
        {
            var first = new Raster(large.Width, large.Height, 3, (byte[])large.Pixels.Clone());
            foreach ((int i, QueryPoint query) in queries.Index())
                Dot(first, query, factor, s_colours[i]);
            panels.Add(first);

            foreach ((int i, QueryPoint query) in queries.Index())
            {
                Raster panel = Overlay(large, map, map.Of(query.PositionIn(map, picture.Width, picture.Height)), s_colours[i]);
                Dot(panel, query, factor, s_colours[i]);
                panels.Add(panel);
            }
        }

        return new PictureGrid
        {
            Columns = 1 + queries.Count,
            Padding = 4,
            Background = 24,
            RowLabels = [.. sample.Maps.Select(map => map.Layer[(map.Layer.LastIndexOf('.') + 1)..])],
            ColumnLabels = ["picture", .. queries.Select(query => $"from {query.X},{query.Y}")],
        }.Compose(panels);
    }

    private static Raster Overlay(Raster picture, AttentionMap map, ReadOnlySpan<float> weights, Rgb colour)
    {
        Raster seen = Shares(map, weights, picture.Width, picture.Height);
        var panel = new Raster(picture.Width, picture.Height, 3);
        for (int i = 0; i < seen.Pixels.Length; i++)
        {
            ReadOnlySpan<byte> from = picture.Pixels.AsSpan(3 * i, 3);
            double gray = (from[0] + from[1] + from[2]) / 3.0, share = seen.Pixels[i] / 255.0;

            // Dark places of the picture stay a little darker under the colour, so that its shapes can be made out.
            double light = 0.6 + (0.4 * gray / 255);
            Span<byte> to = panel.Pixels.AsSpan(3 * i, 3);
            to[0] = Between(gray * Dimmed, colour.Red * light, share);
            to[1] = Between(gray * Dimmed, colour.Green * light, share);
            to[2] = Between(gray * Dimmed, colour.Blue * light, share);
        }

        return panel;
    }

    /// <summary>Weights as shares of the largest, 0 to 255, enlarged smoothly to the picture's size.</summary>
    private static Raster Shares(AttentionMap map, ReadOnlySpan<float> weights, int width, int height)
    {
        float most = 0;
        foreach (float weight in weights)
            most = Math.Max(most, weight);

        var shares = new Raster(map.KeyWidth, map.KeyHeight, 1);
        for (int i = 0; i < weights.Length; i++)
            shares.Pixels[i] = (byte)Math.Round(255 * weights[i] / most);
        return Resampling.Resize(shares, width, height);
    }

    private static byte Between(double low, double high, double share) => (byte)Math.Round(low + ((high - low) * share));

    /// <summary>A disc with a dark rim in the middle of the query's pixel.</summary>
    private static void Dot(Raster target, QueryPoint query, int factor, Rgb colour)
    {
        double centreX = (query.X + 0.5) * factor, centreY = (query.Y + 0.5) * factor;
        double radius = Math.Max(3, target.Width / 32.0);
        for (int y = Math.Max(0, (int)(centreY - radius - 2)); y < Math.Min(target.Height, centreY + radius + 2); y++)
        {
            for (int x = Math.Max(0, (int)(centreX - radius - 2)); x < Math.Min(target.Width, centreX + radius + 2); x++)
            {
                double distance = double.Hypot(x + 0.5 - centreX, y + 0.5 - centreY);
                Span<byte> pixel = target.Row(y).Slice(3 * x, 3);
                if (distance <= radius)
                    (pixel[0], pixel[1], pixel[2]) = (colour.Red, colour.Green, colour.Blue);
                else if (distance <= radius + 1.5)
                    pixel.Clear();
            }
        }
    }
}
