using Sagan.Data.Toybox;

namespace Sagan.Tests.Data.Toybox;

public sealed class CanvasTests
{
    private const int Resolution = 32, Samples = 6;

    [Theory]
    [MemberData(nameof(Classes))]
    public void Distance_skipping_draws_what_supersampling_every_pixel_draws(int classIndex)
    {
        Scene scene = ToyboxPictures.Compose(classIndex, pictureIndex: 5, seed: 3);

        byte[] drawn = new byte[3 * Resolution * Resolution];
        Canvas.Render(scene, Resolution, drawn);

        int[] differences = [.. Supersampled(scene).Zip(drawn, (expected, actual) => Math.Abs((int)Math.Round(expected) - actual))];
        Assert.True(differences.Average() < 0.6, $"mean difference {differences.Average()}");
        Assert.True(differences.Max() < 40, $"largest difference {differences.Max()}");
    }

    public static TheoryData<int> Classes => [.. Enumerable.Range(0, ToyboxPictures.ClassCount)];

    // The same layers by brute force: the share of 6 x 6 points of a pixel that lie inside.
    private static double[] Supersampled(Scene scene)
    {
        double pixel = 2.0 / Resolution;
        Palette palette = scene.Palette;
        Point direction = Point.Polar(1, palette.Direction);
        double scale = 0.5 / (Math.Abs(direction.X) + Math.Abs(direction.Y));

        double[] values = new double[3 * Resolution * Resolution];
        for (int i = 0; i < Resolution * Resolution; i++)
        {
            Point corner = new((i % Resolution * pixel) - 1, (i / Resolution * pixel) - 1);
            Point centre = corner + new Point(pixel / 2, pixel / 2);
            Colour colour = palette.Near.Mix(palette.Far, 0.5 + (scale * centre.Dot(direction)));
            foreach (Layer layer in scene.Layers)
            {
                int inside = Enumerable.Range(0, Samples * Samples).Count(sample => layer.Shape.Distance(corner + new Point(
                    ((sample % Samples) + 0.5) * pixel / Samples, ((sample / Samples) + 0.5) * pixel / Samples)) < 0);
                colour = colour.Mix(layer.Colour, inside / (double)(Samples * Samples));
            }

            values[i] = 255 * colour.Red;
            values[i + (Resolution * Resolution)] = 255 * colour.Green;
            values[i + (2 * Resolution * Resolution)] = 255 * colour.Blue;
        }

        return values;
    }
}
