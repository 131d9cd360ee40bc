namespace Sagan.Data;

/// <summary>
/// Labelled pictures of one size, addressed by index. Reading is safe from many threads at once.
/// </summary>
public abstract class Dataset : IDisposable
{
    /// <summary>A short name for people and folder names.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Hexadecimal identity of the pictures as they are read here: same fingerprint, same pixels, labels and class names.
    /// </summary>
    public abstract string Fingerprint { get; }

    /// <summary>Number of pictures.</summary>
    public abstract int Count { get; }

    /// <summary>1 gray or 3 red green blue.</summary>
    public abstract int Channels { get; }

    /// <summary>Rows of every picture.</summary>
    public abstract int Height { get; }

    /// <summary>Pixels in a row of every picture.</summary>
    public abstract int Width { get; }

    /// <summary>The name of each class; a label is an index into it.</summary>
    public abstract IReadOnlyList<string> ClassNames { get; }

    /// <summary>Bytes of one picture: channels x height x width.</summary>
    public int BytesPerPicture => Channels * Height * Width;

    /// <summary>The class of a picture, 0 to the number of classes - 1.</summary>
    public abstract int LabelOf(int index);

    /// <summary>Copies a picture's samples, 0 to 255, in planar order.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="chw">[channels, height, width], exactly <see cref="BytesPerPicture"/> bytes.</param>
    public abstract void Read(int index, Span<byte> chw);

    /// <summary>Releases files and mappings.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the data set holds.</summary>
    /// <param name="disposing">False when called by a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
