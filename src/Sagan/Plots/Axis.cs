using System.Globalization;

namespace Sagan.Plots;

/// <summary>Values of one direction, their places in pixels and their ticks.</summary>
internal sealed class Axis
{
    private readonly double _least, _most, _start, _end;
    private readonly bool _isLogarithmic;

    /// <param name="values">What must have room.</param>
    /// <param name="start">Pixel of the least value.</param>
    /// <param name="end">Pixel of the greatest value.</param>
    /// <param name="isLogarithmic">Whether equal factors take equal room.</param>
    /// <param name="padding">Share of the room left free on either side.</param>
    internal Axis(IEnumerable<double> values, double start, double end, bool isLogarithmic = false, double padding = 0)
    {
        _start = start;
        _end = end;
        _isLogarithmic = isLogarithmic;
        double[] scaled = [.. values.Where(IsInside).Select(Scale)];
        (double least, double most) = scaled is [] ? (0, 1) : (scaled.Min(), scaled.Max());

        // A flat line has its place in the middle.
        if (most - least < 1e-9 * Math.Max(1, Math.Abs(most)))
            (least, most) = (least - 0.5, most + 0.5);
        double free = (most - least) * padding;
        (_least, _most) = (least - free, most + free);
    }

    /// <summary>Whether a value has a place.</summary>
    internal bool IsInside(double value) => double.IsFinite(value) && (!_isLogarithmic || value > 0);

    /// <summary>The pixel of a value.</summary>
    internal double At(double value) => _start + ((Scale(value) - _least) / (_most - _least) * (_end - _start));

    /// <summary>Round values, about so many.</summary>
    internal IEnumerable<double> Ticks(int about) =>
        !_isLogarithmic ? LinearTicks(_least, _most, about)
        : _most - _least < 1 ? LinearTicks(Math.Pow(10, _least), Math.Pow(10, _most), about)
        : LogarithmicTicks(about);

    /// <summary>A tick as people read it: 0.25, 1.5k, 20M.</summary>
    internal static string Print(double value)
    {
        (double unit, string letter) = Math.Abs(value) switch
        {
            >= 1e9 => (1e9, "G"),
            >= 1e6 => (1e6, "M"),
            >= 1e3 => (1e3, "k"),
            _ => (1, ""),
        };
        return (value / unit).ToString(Math.Abs(value) is > 0 and < 1e-3 ? "0.#e0" : "0.####", CultureInfo.InvariantCulture).Replace("-", "\u2212", StringComparison.Ordinal) + letter;
    }

    private double Scale(double value) => _isLogarithmic ? Math.Log10(value) : value;

    private static IEnumerable<double> LinearTicks(double least, double most, int about)
    {
        double rough = (most - least) / about;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = new[] { 1.0, 2, 2.5, 5, 10 }.First(nice => nice * power >= rough * 0.999) * power;

        // Plus 0: a rounded -0 would be printed with its sign.
        for (double n = Math.Ceiling(least / step); n * step <= most; n++)
            yield return Math.Round(n * step, 12) + 0.0;
    }

    // 1, 2, 5 of every decade, thinned out to the decades where there are many.
    private IEnumerable<double> LogarithmicTicks(int about)
    {
        int first = (int)Math.Floor(_least), last = (int)Math.Ceiling(_most);
        double[] digits = (_most - _least) * 3 <= about * 1.5 ? [1, 2, 5] : [1];
        int stride = Math.Max(1, (last - first) / about);
        for (int decade = first; decade <= last; decade += stride)
        {
            foreach (double digit in digits)
            {
                double value = digit * Math.Pow(10, decade);
                if (Math.Log10(value) >= _least && Math.Log10(value) <= _most)
                    yield return value;
            }
        }
    }
}
