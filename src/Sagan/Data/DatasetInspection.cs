using System.Security.Cryptography;
using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>Gathers the facts of a <see cref="DatasetReport"/> in one pass.</summary>
internal sealed class DatasetInspection(PictureSource source)
{
    private readonly List<BadPicture> _bad = [];
    private readonly SortedDictionary<int, Facts> _facts = [];
    private readonly ContactSheet _sheet = new(source);

    public DatasetReport Run(IProgress<DataProgress>? progress)
    {
        var pass = new PicturePass(source, "Checking", progress);
        foreach (PassResult<Facts> result in pass.Run(Inspect))
        {
            if (result.Value is Facts facts)
                _facts[result.Index] = facts;
            else
                _bad.Add(new BadPicture(source.Entries[result.Index].Name, result.Failure!));
        }

        ClassCount[] classes = CountClasses();
        SizeCount[] sizes = [.. from pair in _facts.Values.CountBy(f => (f.Width, f.Height))
                                orderby pair.Value descending, pair.Key
                                select new SizeCount(pair.Key.Width, pair.Key.Height, pair.Value)];
        ModeCount[] modes = [.. from pair in _facts.Values.CountBy(f => f.Mode)
                                orderby pair.Value descending, pair.Key
                                select new ModeCount(pair.Key, pair.Value)];
        DuplicatePictures[] duplicates = FindDuplicates();

        return new DatasetReport
        {
            Name = source.Name,
            Description = source.Description,
            Classes = classes,
            Sizes = sizes,
            Modes = modes,
            Bad = [.. _bad.OrderBy(bad => bad.Name, StringComparer.Ordinal)],
            Duplicates = duplicates,
            Warnings = [.. source.Notes, .. DatasetWarnings.For(classes, sizes, modes, _bad, duplicates)],
            ContactSheet = _sheet.Compose(),
        };
    }

    private Facts Inspect(Picture picture)
    {
        Raster raster = picture.Decode();
        _sheet.Offer(picture.Index, raster);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(raster.Width));
        hash.AppendData(BitConverter.GetBytes(raster.Channels));
        hash.AppendData(raster.Pixels);
        string mode = raster.Channels switch { 1 => "gray", 3 => "colour", _ => "transparent" };
        return new Facts(raster.Width, raster.Height, mode, Convert.ToHexString(hash.GetHashAndReset()));
    }

    private ClassCount[] CountClasses()
    {
        int[] counts = new int[source.ClassNames.Count];
        foreach (int index in _facts.Keys)
            counts[source.Entries[index].Label]++;
        return [.. counts.Select((count, label) => new ClassCount(source.ClassNames[label], count))];
    }

    private DuplicatePictures[] FindDuplicates() =>
        [.. from pair in _facts
            group source.Entries[pair.Key] by pair.Value.Hash into same
            where same.Count() > 1
            select new DuplicatePictures([.. same.Select(entry => entry.Name)], same.Select(entry => entry.Label).Distinct().Count() > 1)];

    private sealed record Facts(int Width, int Height, string Mode, string Hash);
}
