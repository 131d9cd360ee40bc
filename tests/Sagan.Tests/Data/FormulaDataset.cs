using Sagan.Data;

namespace Sagan.Tests.Data;

/// <summary>Pictures of 1x2x3 whose samples tell their index; reading one chosen picture fails.</summary>
internal sealed class FormulaDataset(int count, int failsAt = -1) : Dataset
{
    public override string Name => "formula";

    public override string Fingerprint => "00";

    public override int Count => count;

    public override int Channels => 1;

    public override int Height => 2;

    public override int Width => 3;

    public override IReadOnlyList<string> ClassNames => ["even", "odd"];

    public override int LabelOf(int index) => index % 2;

    public override void Read(int index, Span<byte> chw)
    {
        if (index == failsAt)
            throw new IOException("the disk is gone");
        for (int i = 0; i < chw.Length; i++)
            chw[i] = (byte)((7 * index) + i);
    }
}
