using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sagan.Tensors.Files;

namespace Sagan.Data;

/// <summary>Decodes a source once and writes the pixels in the order of its entries.</summary>
internal sealed class DecodedCacheBuilder(PictureSource source, PictureTransform transform, IProgress<DataProgress>? progress)
{
    private readonly byte[]?[] _hashes = new byte[source.Entries.Count][];
    private readonly string?[] _failures = new string?[source.Entries.Count];
    private int _transparent;

    /// <summary>Writes the cache file; bad pictures are left out and listed in its metadata.</summary>
    public void Build(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, Fill);
    }

    private void Fill(FileStream file)
    {
        WritePictures(file);

        List<int> good = [.. Enumerable.Range(0, source.Entries.Count).Where(i => _hashes[i] is not null)];
        CacheMetadata metadata = Describe(good);
        BadPictures.Judge(source.Name, metadata.Bad, good.Count, skip: true);

        CloseGaps(file, good);
        Finish(file, good.Count, metadata);
    }

    private void WritePictures(FileStream file)
    {
        var pass = new PicturePass(source, "Decoding", progress);
        foreach (PassResult<Decoded> result in pass.Run(Decode))
        {
            if (result.Value is not Decoded decoded)
            {
                _failures[result.Index] = result.Failure;
                continue;
            }

            RandomAccess.Write(file.SafeFileHandle, decoded.Pixels, SlotAt(result.Index));
            _hashes[result.Index] = decoded.Hash;
            _transparent += decoded.WasTransparent ? 1 : 0;
        }
    }

    private Decoded Decode(Picture picture)
    {
        Imaging.Raster raster = picture.Decode(transform.DecodeShortSide);
        byte[] pixels = GC.AllocateUninitializedArray<byte>(transform.BytesPerPicture);
        transform.Apply(raster).CopyPlanar(pixels);
        return new Decoded(pixels, SHA256.HashData(pixels), raster.Channels == 4);
    }

    private long SlotAt(int index) => CachePreamble.PixelsAt + ((long)index * transform.BytesPerPicture);

    private void CloseGaps(FileStream file, List<int> good)
    {
        byte[] pixels = new byte[transform.BytesPerPicture];
        for (int to = 0; to < good.Count; to++)
        {
            if (good[to] == to)
                continue;
            file.Position = SlotAt(good[to]);
            file.ReadExactly(pixels);
            RandomAccess.Write(file.SafeFileHandle, pixels, SlotAt(to));
        }
    }

    private void Finish(FileStream file, int count, CacheMetadata metadata)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(metadata);
        var preamble = new CachePreamble((long)count * transform.BytesPerPicture, json.Length);

        RandomAccess.SetLength(file.SafeFileHandle, preamble.FileBytes);
        RandomAccess.Write(file.SafeFileHandle, json, preamble.MetadataAt);
        RandomAccess.Write(file.SafeFileHandle, preamble.ToBytes(json), 0);
    }

    private CacheMetadata Describe(List<int> good) => new()
    {
        Name = source.Name,
        Description = source.Description,
        Fingerprint = Fingerprint(good),
        Channels = transform.Channels,
        Resolution = transform.Resolution,
        ClassNames = source.ClassNames,
        Warnings = [.. source.Notes, .. TransparencyWarning()],
        Bad = [.. from i in Enumerable.Range(0, _failures.Length) where _failures[i] is not null select new BadPicture(source.Entries[i].Name, _failures[i]!)],
        Labels = good.ConvertAll(i => source.Entries[i].Label),
        PictureNames = good.ConvertAll(i => source.Entries[i].Name),
    };

    private IEnumerable<string> TransparencyWarning()
    {
        if (_transparent > 0 && transform.AlphaOn is null)
            yield return $"{_transparent} pictures have transparency, which was ignored; alphaOn composes them on a colour.";
    }

    // Over what training sees, so that a moved or repacked data set keeps its identity.
    private string Fingerprint(List<int> good)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{transform.Channels}|{transform.Resolution}|{JsonSerializer.Serialize(source.ClassNames)}"));
        foreach (int i in good)
        {
            hash.AppendData(BitConverter.GetBytes(source.Entries[i].Label));
            hash.AppendData(_hashes[i]!);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private sealed record Decoded(byte[] Pixels, byte[] Hash, bool WasTransparent);
}
