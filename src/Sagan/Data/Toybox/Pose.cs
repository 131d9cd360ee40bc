using Sagan.Tensors;

namespace Sagan.Data.Toybox;

/// <summary>Where a toy stands: maps its own frame (about the unit disc) to the picture.</summary>
/// <param name="Centre">Of the toy's frame, in the picture.</param>
/// <param name="Size">Length in the picture of one unit of the toy's frame.</param>
/// <param name="Tilt">Clockwise rotation, in turns.</param>
internal readonly record struct Pose(Point Centre, double Size, double Tilt)
{
    /// <summary>Objects fill 66 to 84 % of the picture.</summary>
    private const double Smallest = 0.66, Largest = 0.84;

    /// <summary>Farthest the centre moves along each axis (4 % of the picture's width), unless the border is nearer.</summary>
    private const double Jitter = 0.08;

    /// <summary>No toy reaches beyond; what lies outside is backdrop.</summary>
    private const double Reach = 0.92;

    public static readonly Pose Upright = new(default, 1, 0);

    private readonly double _cosine = Turn.Cosine(Tilt) * Size;
    private readonly double _sine = Turn.Sine(Tilt) * Size;

    public static Pose Pick(ref CounterRandom random, int facings, double sway)
    {
        double size = random.Between(Smallest, Largest);
        double jitter = Math.Min(Jitter, Reach - size);
        Point centre = new(random.Between(-jitter, jitter), random.Between(-jitter, jitter));
        double tilt = ((double)random.Below(facings) / facings) + random.Between(-sway, sway);

        return new Pose(centre, size, tilt);
    }

    /// <summary>The eight poses one step away in place, size or tilt.</summary>
    /// <param name="step">In the picture's units; the tilt moves by a quarter as many turns, about as far at the rim.</param>
    public Pose[] Neighbours(double step) =>
    [
        new(Centre + new Point(step, 0), Size, Tilt), new(Centre - new Point(step, 0), Size, Tilt),
        new(Centre + new Point(0, step), Size, Tilt), new(Centre - new Point(0, step), Size, Tilt),
        new(Centre, Size + step, Tilt), new(Centre, Size - step, Tilt),
        new(Centre, Size, Tilt + (step / 4)), new(Centre, Size, Tilt - (step / 4)),
    ];

    /// <summary>The picture's point for a point of the toy's frame.</summary>
    public Point Place(Point local) => new(
        Centre.X + (_cosine * local.X) - (_sine * local.Y),
        Centre.Y + (_sine * local.X) + (_cosine * local.Y));
}
