using Sagan.Tensors;
using Sagan.Data.Toybox;

namespace Sagan.Tests.Data.Toybox;

public sealed class PaletteTests
{
    [Fact]
    public void Toys_stand_out_from_both_ends_of_the_backdrop()
    {
        for (int i = 0; i < 500; i++)
        {
            CounterRandom random = new(11, (uint)i);
            Palette palette = Palette.Pick(ref random);

            foreach (Colour colour in (Colour[])[palette.Main, palette.Accent])
            {
                Assert.True(colour.DistanceTo(palette.Near) > 0.2, $"{i}: {colour} on {palette.Near}");
                Assert.True(colour.DistanceTo(palette.Far) > 0.2, $"{i}: {colour} on {palette.Far}");
            }
        }
    }

    [Fact]
    public void A_spoiled_colour_is_far_from_the_original()
    {
        for (int i = 0; i < 200; i++)
        {
            CounterRandom random = new(12, (uint)i);
            Palette palette = Palette.Pick(ref random);

            Assert.True(Palette.Unlike(palette.Main).DistanceTo(palette.Main) > 0.3);
        }
    }
}
