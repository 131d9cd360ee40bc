using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>Labelled pictures as somebody stored them: any size, any mode, perhaps damaged.</summary>
public abstract class PictureSource : IDisposable
{
    /// <summary>A short name, made from the path and split.</summary>
    public abstract string Name { get; }

    /// <summary>What was recognised, for a person: "class folders, split train".</summary>
    public abstract string Description { get; }

    /// <summary>The name of each class; a label is an index into it.</summary>
    public abstract IReadOnlyList<string> ClassNames { get; }

    /// <summary>Every picture, in an order that does not depend on how it is stored.</summary>
    public abstract IReadOnlyList<PictureEntry> Entries { get; }

    /// <summary>Remarks on the layout, one sentence each.</summary>
    public abstract IReadOnlyList<string> Notes { get; }

    /// <summary>Walks through all pictures once, in the order of storage; the bytes are read in one pass.</summary>
    public abstract IEnumerable<Picture> Read();

    /// <summary>The header of each entry, or null where it is no readable picture.</summary>
    public abstract IReadOnlyList<ImageHeader?> ReadHeaders();

    /// <summary>Releases the archive.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the source holds.</summary>
    /// <param name="disposing">False when called by a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
