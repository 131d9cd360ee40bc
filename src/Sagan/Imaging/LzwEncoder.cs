namespace Sagan.Imaging;

/// <summary>The compression of GIF: Lempel, Ziv and Welch with codes that grow from the table's bits to twelve (GIF89a, appendix F).</summary>
internal sealed class LzwEncoder
{
    private const int MostBits = 12;
    private const int LongestBlock = 255;

    private readonly Stream _output;
    private readonly int _literalBits;
    private readonly byte[] _block = new byte[LongestBlock];
    private readonly Dictionary<int, int> _codes = [];
    private int _blockLength;
    private uint _bits;
    private int _bitCount;
    private int _size;
    private int _next;

    private LzwEncoder(Stream output, int literalBits)
    {
        _output = output;
        _literalBits = literalBits;
    }

    private int ClearCode => 1 << _literalBits;

    private int EndCode => ClearCode + 1;

    /// <summary>Writes a GIF's image data: the size of literals, blocks of codes, an empty block.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="indices">At least one, each below 2 to the power of <paramref name="literalBits"/>.</param>
    /// <param name="literalBits">2 to 8.</param>
    internal static void Write(Stream output, ReadOnlySpan<byte> indices, int literalBits)
    {
        output.WriteByte((byte)literalBits);
        new LzwEncoder(output, literalBits).Encode(indices);
        output.WriteByte(0);
    }

    private void Encode(ReadOnlySpan<byte> indices)
    {
        StartOver();
        int prefix = indices[0];
        foreach (byte index in indices[1..])
        {
            int key = (prefix << 8) | index;
            if (_codes.TryGetValue(key, out int longer))
            {
                prefix = longer;
                continue;
            }

            Emit(prefix);
            if (_next == 1 << MostBits)
                StartOver();
            else
                _codes[key] = TakeCode();
            prefix = index;
        }

        Emit(prefix);
        if (_next < 1 << MostBits)
            TakeCode();
        Emit(EndCode);
        Flush();
    }

    private void StartOver()
    {
        if (_size == 0)
            _size = _literalBits + 1;
        Emit(ClearCode);
        _codes.Clear();
        _size = _literalBits + 1;
        _next = EndCode + 1;
    }

    // A decoder learns each code one step later, and so starts to read longer codes when the encoder takes the first long one.
    private int TakeCode()
    {
        if (_next == 1 << _size)
            _size++;
        return _next++;
    }

    private void Emit(int code)
    {
        _bits |= (uint)code << _bitCount;
        _bitCount += _size;
        for (; _bitCount >= 8; _bitCount -= 8, _bits >>= 8)
            Put((byte)_bits);
    }

    private void Put(byte value)
    {
        _block[_blockLength++] = value;
        if (_blockLength == LongestBlock)
            EndBlock();
    }

    private void Flush()
    {
        if (_bitCount > 0)
            Put((byte)_bits);
        if (_blockLength > 0)
            EndBlock();
    }

    private void EndBlock()
    {
        _output.WriteByte((byte)_blockLength);
        _output.Write(_block, 0, _blockLength);
        _blockLength = 0;
    }
}
