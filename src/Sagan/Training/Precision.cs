namespace Sagan.Training;

/// <summary>Number format of a training's arithmetic; weights and snapshots are float32 in both.</summary>
public enum Precision
{
    /// <summary>IEEE single precision throughout.</summary>
    Fp32,

    /// <summary>Convolutions multiply in bfloat16 and add in float32; everything else in single precision.</summary>
    Bf16,
}
