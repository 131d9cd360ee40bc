using Sagan.Tensors;

namespace Sagan.Data.Toybox;

/// <summary>
/// The colours of one picture: saturated toys on a pale or a deep backdrop, always with contrast. Hues come from
/// a wheel of twelve hand-picked colours, blended between neighbours, because equal steps of HSV look garish.
/// </summary>
internal sealed record Palette
{
    private const double LeastContrast = 0.22;
    private const double LeastLumaStepOnPale = 0.14, LeastLumaStepOnDeep = 0.2;

    private static readonly Colour s_white = Colour.FromHex(0xFFFDF8);
    private static readonly Colour s_ink = Colour.FromHex(0x1A1D36);

    private static readonly Colour[] s_wheel =
    [
        Colour.FromHex(0xE8434A), Colour.FromHex(0xF4743B), Colour.FromHex(0xF8B42C), Colour.FromHex(0xA3CB38),
        Colour.FromHex(0x3EB75E), Colour.FromHex(0x18B3A0), Colour.FromHex(0x20B0DC), Colour.FromHex(0x3A80EE),
        Colour.FromHex(0x5C5AE6), Colour.FromHex(0x8F4EDC), Colour.FromHex(0xCB45BE), Colour.FromHex(0xEE4A88),
    ];

    /// <summary>Backdrop colour where the gradient starts.</summary>
    public required Colour Near { get; init; }

    /// <summary>Backdrop colour where the gradient ends.</summary>
    public required Colour Far { get; init; }

    /// <summary>Direction of the gradient, in turns.</summary>
    public required double Direction { get; init; }

    /// <summary>The toy's own colour.</summary>
    public required Colour Main { get; init; }

    /// <summary>A second colour, of another hue than <see cref="Main"/>.</summary>
    public required Colour Accent { get; init; }

    /// <summary>For thin lines: dark on a pale backdrop, light on a deep one.</summary>
    public required Colour Line { get; init; }

    /// <summary>Warm white.</summary>
    public static Colour White => s_white;

    /// <summary>Blue-black.</summary>
    public static Colour Ink => s_ink;

    public static Palette Pick(ref CounterRandom random)
    {
        bool deep = random.Unit() < 0.4;
        double hue = random.Unit();

        // Deep warm grounds are mud: deep ones stay between teal and violet.
        double ground = deep ? random.Between(0.42, 0.88) : hue + random.Between(0.25, 0.75);
        Colour near = Ground(ground, deep, random.Between(0, 1));
        Colour far = Ground(ground + random.Between(-0.08, 0.08), deep, random.Between(0, 1));

        return new Palette
        {
            Near = near,
            Far = far,
            Direction = random.Unit(),
            Main = Stand(Vivid(hue), near, far, deep),
            Accent = Stand(Vivid(hue + random.Between(0.28, 0.72)), near, far, deep),
            Line = deep ? s_white : s_ink,
        };
    }

    /// <summary>The wheel's colour that is least like this one; what the tests paint a wrong part with.</summary>
    public static Colour Unlike(Colour colour) => s_wheel.MaxBy(colour.DistanceTo);

    private static Colour Vivid(double hue)
    {
        double place = (hue - Math.Floor(hue)) * s_wheel.Length;
        int index = (int)place;
        return s_wheel[index % s_wheel.Length].Mix(s_wheel[(index + 1) % s_wheel.Length], place - index);
    }

    private static Colour Ground(double hue, bool deep, double share) => deep
        ? Vivid(hue).Mix(s_ink, 0.66 + (0.2 * share))
        : Vivid(hue).Mix(s_white, 0.6 + (0.24 * share));

    // Moves a colour away from the backdrop, lighter on deep ground and darker on pale, until it stands out.
    private static Colour Stand(Colour colour, Colour near, Colour far, bool deep)
    {
        Colour away = deep ? s_white : s_ink;
        double lumaStep = deep ? LeastLumaStepOnDeep : LeastLumaStepOnPale;
        for (int step = 0; step < 6 && !StandsOut(colour, near, far, lumaStep); step++)
            colour = colour.Mix(away, 0.1);
        return colour;
    }

    private static bool StandsOut(Colour colour, Colour near, Colour far, double lumaStep) =>
        Math.Min(colour.DistanceTo(near), colour.DistanceTo(far)) > LeastContrast
        && Math.Min(Math.Abs(colour.Luma - near.Luma), Math.Abs(colour.Luma - far.Luma)) > lumaStep;
}
