using Sagan.Data.Toybox.Shapes;

namespace Sagan.Data.Toybox;

/// <summary>A shape and the flat colour it is filled with.</summary>
internal readonly record struct Layer(Shape Shape, Colour Colour);
