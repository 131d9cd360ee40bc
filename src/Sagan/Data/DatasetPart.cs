using System.Security.Cryptography;
using System.Text;

namespace Sagan.Data;

/// <summary>Some of another data set's pictures, in their order there. The whole stays its owner's.</summary>
public sealed class DatasetPart : Dataset
{
    private readonly Dataset _whole;
    private readonly int[] _indices;

    /// <param name="whole">Must outlive this.</param>
    /// <param name="name">Of the part, for instance "held out".</param>
    /// <param name="indices">Which of its pictures.</param>
    public DatasetPart(Dataset whole, string name, IEnumerable<int> indices)
    {
        _whole = whole;
        _indices = [.. indices];
        Name = $"{whole.Name} ({name})";
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{whole.Fingerprint}:{string.Join(',', _indices)}")))[..32];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Count => _indices.Length;

    /// <inheritdoc/>
    public override int Channels => _whole.Channels;

    /// <inheritdoc/>
    public override int Height => _whole.Height;

    /// <inheritdoc/>
    public override int Width => _whole.Width;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => _whole.ClassNames;

    /// <inheritdoc/>
    public override int LabelOf(int index) => _whole.LabelOf(_indices[index]);

    /// <inheritdoc/>
    public override void Read(int index, Span<byte> chw) => _whole.Read(_indices[index], chw);
}
