namespace Sagan.Imaging;

/// <summary>For every target pixel of one axis: the first source pixel it sees and the weights from there on.</summary>
internal sealed class ResamplingWeights
{
    // A data set has pictures of the same few sizes, one after the other.
    [ThreadStatic]
    private static ResamplingWeights? t_last;

    private readonly int _source;
    private readonly int _target;
    private readonly ResizeFilter _filter;
    private readonly int[] _first;
    private readonly float[][] _weights;

    private ResamplingWeights(int sourceLength, int targetLength, ResizeFilter filter)
    {
        _source = sourceLength;
        _target = targetLength;
        _filter = filter;
        _first = new int[targetLength];
        _weights = new float[targetLength][];
        double scale = (double)sourceLength / targetLength;

        for (int target = 0; target < targetLength; target++)
        {
            (_first[target], double[] raw) = filter switch
            {
                ResizeFilter.Area when scale > 1 => AreaAround(target, scale, sourceLength),
                ResizeFilter.Cubic => CurveAround(target, scale, sourceLength, Cubic, reach: 2),
                _ => CurveAround(target, scale, sourceLength, Triangle, reach: 1),
            };
            double sum = raw.Sum();
            _weights[target] = Array.ConvertAll(raw, weight => (float)(weight / sum));
        }
    }

    /// <summary>Weights that map an axis of one length to another; those of a target pixel sum to 1.</summary>
    public static ResamplingWeights Create(int sourceLength, int targetLength, ResizeFilter filter)
    {
        if (t_last is not { } last || last._source != sourceLength || last._target != targetLength || last._filter != filter)
            t_last = last = new ResamplingWeights(sourceLength, targetLength, filter);
        return last;
    }

    /// <summary>The source pixel that the first weight of a target pixel belongs to.</summary>
    public int First(int target) => _first[target];

    /// <summary>The weights of a target pixel, for consecutive source pixels.</summary>
    public ReadOnlySpan<float> Weights(int target) => _weights[target];

    private static (int First, double[] Weights) AreaAround(int target, double scale, int sourceLength)
    {
        double begin = target * scale;
        double end = begin + scale;
        int first = (int)begin;
        int last = Math.Min((int)Math.Ceiling(end), sourceLength);

        double[] weights = new double[last - first];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Math.Max(0, Math.Min(end, first + i + 1) - Math.Max(begin, first + i));
        return (first, weights);
    }

    // The reach grows with the reduction and never falls below that in source pixels, which makes enlarging interpolation.
    private static (int First, double[] Weights) CurveAround(int target, double scale, int sourceLength, Func<double, double> curve, int reach)
    {
        double unit = Math.Max(scale, 1);
        double center = (target + 0.5) * scale;
        int first = Math.Max((int)(center - (reach * unit) + 0.5), 0);
        int last = Math.Min((int)(center + (reach * unit) + 0.5), sourceLength);

        double[] weights = new double[last - first];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = curve(Math.Abs(first + i + 0.5 - center) / unit);
        return (first, weights);
    }

    private static double Triangle(double x) => Math.Max(0, 1 - x);

    // Keys 1981 with a = -0.5.
    private static double Cubic(double x) => x switch
    {
        < 1 => ((1.5 * x - 2.5) * x * x) + 1,
        < 2 => ((((2.5 - (0.5 * x)) * x) - 4) * x) + 2,
        _ => 0,
    };
}
