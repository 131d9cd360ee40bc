using Sagan.Tensors;
using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox;

/// <summary>One of the ten classes: how it is drawn, and how its structure is judged from pixels alone.</summary>
internal abstract class ToyClass
{
    private readonly Lazy<Silhouette[]> _silhouettes;

    protected ToyClass() =>
        _silhouettes = new(() => [.. Enumerable.Range(0, Variants).Select(variant => new Silhouette(this, variant))]);

    /// <summary>Lower-case singular noun.</summary>
    public abstract string Name { get; }

    /// <summary>Equally spaced directions it may face; 1 is upright only.</summary>
    public virtual int Facings => 1;

    /// <summary>Farthest tilt from a facing, in turns.</summary>
    public virtual double Sway => 0.035;

    /// <summary>Layouts that it is drawn in with equal chance, such as the two hands of a spiral.</summary>
    public virtual int Variants => 1;

    /// <summary>What the oracle looks for, one a variant.</summary>
    public IReadOnlyList<Silhouette> Silhouettes => _silhouettes.Value;

    /// <summary>Paints the toy in its own frame, which it fills to about the unit circle.</summary>
    public abstract void Draw(Scene scene);

    /// <summary>How far apart the parts are that must agree: a colour distance in [0, 1], or 1 if they are missing.</summary>
    public abstract double Disagreement(Sighting sighting);

    /// <summary>The scene of one picture: a pure function of its arguments.</summary>
    public Scene Compose(ref CounterRandom random, bool flawed = false)
    {
        Scene scene = new(Pose.Pick(ref random, Facings, Sway), Palette.Pick(ref random))
        {
            Variant = random.Below(Variants),
            Whim = random.Unit(),
            Flawed = flawed,
        };
        Draw(scene);
        return scene;
    }
}
