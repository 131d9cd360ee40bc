using System.Collections.Concurrent;
using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>Collects the first pictures of each class and lays them out, one row for each class.</summary>
internal sealed class ContactSheet
{
    public const int PicturesPerClass = 10;
    public const int Side = 64;
    private const int MostClasses = 100;
    private const int Gap = 2;

    private readonly PictureSource _source;
    private readonly HashSet<int> _wanted = [];
    private readonly ConcurrentDictionary<int, Raster> _pictures = [];

    public ContactSheet(PictureSource source)
    {
        _source = source;
        int[] counts = new int[source.ClassNames.Count];
        for (int i = 0; i < source.Entries.Count; i++)
        {
            int label = source.Entries[i].Label;
            if (label < MostClasses && counts[label]++ < PicturesPerClass)
                _wanted.Add(i);
        }
    }

    /// <summary>Keeps a small version when the picture belongs on the sheet; safe from many threads.</summary>
    public void Offer(int index, Raster picture)
    {
        if (_wanted.Contains(index))
            _pictures[index] = new PictureTransform(3, Side, Rgb.White).Apply(picture);
    }

    /// <summary>The sheet, or null without pictures. Places of pictures that were not offered stay empty.</summary>
    public Raster? Compose()
    {
        if (_pictures.IsEmpty)
            return null;

        int rows = Math.Min(_source.ClassNames.Count, MostClasses);
        Raster[] cells = [.. Enumerable.Repeat(new Raster(Side, Side, 3), rows * PicturesPerClass)];
        foreach (IGrouping<int, int> row in _pictures.Keys.Order().GroupBy(index => _source.Entries[index].Label))
        {
            foreach ((int column, int index) in row.Index())
                cells[(row.Key * PicturesPerClass) + column] = _pictures[index];
        }

        return new PictureGrid { Columns = PicturesPerClass, Padding = Gap, RowLabels = [.. _source.ClassNames.Take(rows)] }.Compose(cells);
    }
}
