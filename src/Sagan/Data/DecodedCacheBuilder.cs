using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sagan.Imaging;
using Sagan.Tensors.Files;

namespace Sagan.Data;

/// <summary>Decodes a source once and writes the pixels in the order of its entries.</summary>
internal sealed class DecodedCacheBuilder(string path, PictureSource source, PictureTransform transform, IProgress<DataProgress>? progress)
{
    // Larger writes are hardly quicker, and need the memory.
    private const int BytesInWrite = 1 << 16;

    private const long BytesInFlush = 1 << 24;

    private readonly byte[]?[] _hashes = new byte[source.Entries.Count][];
    private readonly string?[] _failures = new string?[source.Entries.Count];
    private int _transparent;

    /// <summary>Writes the cache file; bad pictures are left out and listed in its metadata.</summary>
    /// <exception cref="DataException">No picture is good, or the file cannot be written.</exception>
    public void Build()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            AtomicFile.Write(path, Fill);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(failure);
        }
    }

    private void Fill(FileStream file)
    {
        WritePictures(file);

        List<int> good = Good();
        CacheMetadata metadata = Describe(good);
        BadPictures.Judge(source.Name, metadata.Bad, good.Count, skip: true);

        CloseGaps(file, good);
        Finish(file, good.Count, metadata);
    }

    private void WritePictures(FileStream file)
    {
        var pass = new PicturePass(source, "Decoding", progress);
        var flushed = Task.CompletedTask;
        long waiting = 0;
        foreach (PassResult<Decoded> result in pass.RunBundles(bundle => Decode(bundle, file)))
        {
            _failures[result.Index] = result.Failure;
            _hashes[result.Index] = result.Value?.Hash;
            _transparent += result.Value is { WasTransparent: true } ? 1 : 0;

            // The disk would otherwise begin when all is decoded, and everybody would wait for it.
            waiting += transform.BytesPerPicture;
            if (waiting < BytesInFlush || !flushed.IsCompleted)
                continue;
            flushed.GetAwaiter().GetResult();
            flushed = Task.Run(() => RandomAccess.FlushToDisk(file.SafeFileHandle));
            waiting = 0;
        }

        flushed.GetAwaiter().GetResult();
    }

    // On many threads at once: every picture has its own place in the file.
    private PassResult<Decoded>[] Decode(Picture[] bundle, FileStream file)
    {
        int size = transform.BytesPerPicture;
        int room = Math.Clamp(BytesInWrite / size, 1, bundle.Length);
        var results = new PassResult<Decoded>[bundle.Length];
        byte[] pixels = ArrayPool<byte>.Shared.Rent(room * size);
        try
        {
            for (int first = 0; first < bundle.Length; first += room)
            {
                int end = Math.Min(first + room, bundle.Length);
                for (int i = first; i < end; i++)
                {
                    int at = (i - first) * size;
                    results[i] = PicturePass.Attempt(bundle[i], picture => Decode(picture, pixels.AsSpan(at, size)));
                }

                Keep(results.AsSpan(first, end - first), pixels, file);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }

        return results;
    }

    private Decoded Decode(Picture picture, Span<byte> pixels)
    {
        using LentRaster raster = picture.Lend(transform.DecodeShortSide);
        transform.Apply(raster).CopyPlanar(pixels);
        return new Decoded(SHA256.HashData(pixels), raster.Channels == 4);
    }

    // Neighbours with one write, which is what small pictures otherwise spend much of their time on.
    private void Keep(ReadOnlySpan<PassResult<Decoded>> results, ReadOnlySpan<byte> pixels, FileStream file)
    {
        int size = transform.BytesPerPicture;
        int from = 0;
        for (int to = 1; to <= results.Length; to++)
        {
            if (to < results.Length && results[to].Index == results[to - 1].Index + 1)
                continue;
            Write(pixels[(from * size)..(to * size)], SlotAt(results[from].Index), file);
            from = to;
        }
    }

    private void Write(ReadOnlySpan<byte> pixels, long offset, FileStream file)
    {
        try
        {
            RandomAccess.Write(file.SafeFileHandle, pixels, offset);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Of another type than what a pass takes for a bad picture.
            throw Unwritable(failure);
        }
    }

    private List<int> Good()
    {
        var good = new List<int>();
        for (int i = 0; i < _hashes.Length; i++)
        {
            if (_hashes[i] is not null)
                good.Add(i);
        }

        return good;
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
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(metadata, CacheMetadataJson.Default.CacheMetadata);
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
        Labels = [.. good.Select(i => source.Entries[i].Label)],
        PictureNames = [.. good.Select(i => source.Entries[i].Name)],
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
        hash.AppendData(Encoding.UTF8.GetBytes($"{transform.Channels}|{transform.Resolution}|{JsonSerializer.Serialize(source.ClassNames, CacheMetadataJson.Default.IReadOnlyListString)}"));
        Span<byte> line = stackalloc byte[sizeof(int) + SHA256.HashSizeInBytes];
        foreach (int i in good)
        {
            BitConverter.TryWriteBytes(line, source.Entries[i].Label);
            _hashes[i]!.CopyTo(line[sizeof(int)..]);
            hash.AppendData(line);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private DataException Unwritable(Exception failure) =>
        new($"Cannot write the decoded pictures to '{path}' ({failure.Message}); set {CacheFolder.Variable} to a folder with room.", failure);

    private sealed record Decoded(byte[] Hash, bool WasTransparent);
}
