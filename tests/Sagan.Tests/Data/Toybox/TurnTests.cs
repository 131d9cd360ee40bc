using Sagan.Data.Toybox;

namespace Sagan.Tests.Data.Toybox;

public sealed class TurnTests
{
    [Fact]
    public void Sine_and_cosine_agree_with_the_platform_within_1e_13()
    {
        for (double turns = -2; turns <= 2; turns += 0.0137)
        {
            Assert.Equal(Math.Sin(2 * Math.PI * turns), Turn.Sine(turns), 1e-13);
            Assert.Equal(Math.Cos(2 * Math.PI * turns), Turn.Cosine(turns), 1e-13);
        }
    }

    [Fact]
    public void Direction_gives_back_the_turns_that_a_point_was_made_from()
    {
        for (double turns = 0; turns < 1; turns += 0.0073)
        {
            Point point = Point.Polar(0.6, turns);

            Assert.Equal(turns, Turn.Of(point.X, point.Y), 1e-12);
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0.25)]
    [InlineData(-1, 0, 0.5)]
    [InlineData(0, -1, 0.75)]
    public void Directions_along_the_axes_are_quarters(double x, double y, double turns) =>
        Assert.Equal(turns, Turn.Of(x, y), 1e-15);
}
