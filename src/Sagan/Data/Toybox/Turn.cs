namespace Sagan.Data.Toybox;

/// <summary>
/// Trigonometry in turns (1 is the full circle). Written out as series because <see cref="Math.Sin"/> and its
/// kin come from each platform's C library and may differ in the last bit, which would let bytes differ.
/// </summary>
internal static class Turn
{
    private const double RadiansPerTurn = 2 * Math.PI;

    /// <summary>Sine of an angle in turns; absolute error below 1e-13.</summary>
    public static double Sine(double turns)
    {
        double part = turns - Math.Floor(turns + 0.5);
        if (part > 0.25)
            part = 0.5 - part;
        else if (part < -0.25)
            part = -0.5 - part;

        double x = part * RadiansPerTurn;
        double square = x * x;
        double sum = 1;
        for (int n = 18; n >= 2; n -= 2)
            sum = 1 - (square * sum / (n * (n + 1)));
        return x * sum;
    }

    /// <summary>Cosine of an angle in turns; absolute error below 1e-13.</summary>
    public static double Cosine(double turns) => Sine(turns + 0.25);

    /// <summary>Direction of (x, y) in turns, in [0, 1); 0 at the origin. Absolute error below 1e-12.</summary>
    public static double Of(double x, double y)
    {
        double across = Math.Abs(x), up = Math.Abs(y);
        if (across == 0 && up == 0)
            return 0;

        double turns = OfSlope(Math.Min(across, up) / Math.Max(across, up));
        if (up > across)
            turns = 0.25 - turns;
        if (x < 0)
            turns = 0.5 - turns;
        return y < 0 && turns > 0 ? 1 - turns : turns;
    }

    // atan on [0, 1]: one halving of the angle brings the slope below 0.4143, where the series is short.
    private static double OfSlope(double slope)
    {
        double half = slope / (1 + Math.Sqrt(1 + (slope * slope)));
        double square = half * half;
        double sum = 0;
        for (int n = 25; n >= 1; n -= 2)
            sum = (1.0 / n) - (square * sum);
        return 2 * half * sum / RadiansPerTurn;
    }
}
