using System.Globalization;
using Sagan.Imaging;
using Sagan.Layers;

namespace Sagan.Exploration;

/// <summary>
/// The figure of the SAGAN paper: a picture with coloured dots, and for each dot a panel that shows where its position looks
/// (Zhang et al. 2019, arXiv:1805.08318, figures 1 and 5). One row a layer.
/// </summary>
/// <remarks>
/// In a panel the picture is dimmed and without colours; the dot's colour lies where more than an even share of the attention
/// goes. It is full at the panel's strongest place, or at twice an even share where none is stronger: attention that is nearly
/// even looks pale, as it should. Below the panel stands how many times an even share its strongest place gets.
/// </remarks>
public static class AttentionFigure
{
    private const int SmallestPanel = 128;
    private const double Dimmed = 0.5;
    private const double FullColourAtLeast = 2;
    private const byte Background = 24;
    private const byte FooterInk = 170;
    private const int Footer = PixelFont.GlyphHeight + 4;

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
            panels.Add(WithFooter(first, $"{map.Height}x{map.Width} see {map.KeyHeight}x{map.KeyWidth}"));

            foreach ((int i, QueryPoint query) in queries.Index())
            {
                int position = query.PositionIn(map, picture.Width, picture.Height);
                Raster panel = Overlay(large, map, position, s_colours[i]);
                Dot(panel, query, factor, s_colours[i]);
                panels.Add(WithFooter(panel, string.Create(CultureInfo.InvariantCulture, $"{map.TimesEven(position):0.0} x even")));
            }
        }

        return new PictureGrid
        {
            Columns = 1 + queries.Count,
            Padding = 4,
            Background = Background,
            RowLabels = [.. sample.Maps.Select(map => map.Layer[(map.Layer.LastIndexOf('.') + 1)..])],
            ColumnLabels = ["picture", .. queries.Select(query => $"from {query.X},{query.Y}")],
        }.Compose(panels);
    }

    private static Raster Overlay(Raster picture, AttentionMap map, int position, Rgb colour)
    {
        Raster seen = Strength(map, position, picture.Width, picture.Height);
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

    /// <summary>From an even share or less, 0, to full colour, 255; enlarged smoothly to the picture's size.</summary>
    private static Raster Strength(AttentionMap map, int position, int width, int height)
    {
        double full = Math.Max(FullColourAtLeast, map.TimesEven(position));
        ReadOnlySpan<float> weights = map.Of(position);
        var strength = new Raster(map.KeyWidth, map.KeyHeight, 1);
        for (int i = 0; i < weights.Length; i++)
            strength.Pixels[i] = (byte)Math.Round(255 * Math.Max(0, ((double)weights[i] * map.Keys) - 1) / (full - 1));
        return Resampling.Resize(strength, width, height);
    }

    private static Raster WithFooter(Raster panel, string text)
    {
        var whole = new Raster(panel.Width, panel.Height + Footer, 3);
        whole.Pixels.AsSpan().Fill(Background);
        panel.Pixels.CopyTo(whole.Pixels, 0);
        PixelFont.Draw(whole, (panel.Width - PixelFont.WidthOf(text)) / 2, panel.Height + Footer - PixelFont.GlyphHeight, text, FooterInk);
        return whole;
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
