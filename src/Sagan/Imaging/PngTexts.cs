using System.Runtime.InteropServices;
using System.Text;

namespace Sagan.Imaging;

/// <summary>Text chunks on their way into or out of libspng.</summary>
internal sealed unsafe class PngTexts : IDisposable
{
    private const int LongestKey = 79;
    private readonly List<nint> _memory = [];

    private PngTexts()
    {
    }

    /// <summary>Hands the texts to an encoder; the result must live until the picture is encoded.</summary>
    public static PngTexts Attach(SpngHandle encoder, IReadOnlyDictionary<string, string> texts)
    {
        var owner = new PngTexts();
        try
        {
            var chunks = new Spng.Text[texts.Count];
            int i = 0;
            foreach ((string key, string value) in texts)
                owner.Fill(ref chunks[i++], key, value);

            fixed (Spng.Text* first = chunks)
                SpngHandle.Check(Spng.SetText(encoder, first, (uint)chunks.Length), "Cannot write the PNG's texts");
            return owner;
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Takes the texts from a decoder that has read all chunks.</summary>
    public static Dictionary<string, string> Read(SpngHandle decoder)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        uint count = 0;
        int error = Spng.GetText(decoder, null, ref count);
        if (error == Spng.ChunkAbsent)
            return texts;

        SpngHandle.Check(error, "Damaged PNG");
        var chunks = new Spng.Text[count];
        fixed (Spng.Text* first = chunks)
        {
            SpngHandle.Check(Spng.GetText(decoder, first, ref count), "Damaged PNG");
            for (Spng.Text* chunk = first; chunk < first + count; chunk++)
                texts[KeyOf(chunk)] = ValueOf(chunk);
        }

        return texts;
    }

    /// <summary>Frees the text memory.</summary>
    public void Dispose()
    {
        foreach (nint memory in _memory)
            Marshal.FreeHGlobal(memory);
        _memory.Clear();
    }

    private void Fill(ref Spng.Text chunk, string key, string value)
    {
        byte[] keyBytes = Encoding.Latin1.GetBytes(key);
        if (key.Length is < 1 or > LongestKey || !IsLatin1(key))
            throw new ImageException($"'{key}' cannot be a PNG text key: 1 to {LongestKey} Latin-1 characters are allowed.");
        if (value.Length == 0)
            throw new ImageException($"The PNG text '{key}' is empty; leave it out.");

        bool latin1 = IsLatin1(value);
        byte[] valueBytes = (latin1 ? Encoding.Latin1 : Encoding.UTF8).GetBytes(value);
        fixed (byte* keyword = chunk.Keyword)
            keyBytes.CopyTo(new Span<byte>(keyword, LongestKey));

        chunk.Type = latin1 ? Spng.TextLatin1 : Spng.TextUtf8;
        chunk.Length = (nuint)valueBytes.Length;
        chunk.Value = Copy(valueBytes);
        chunk.LanguageTag = Copy([]);
        chunk.TranslatedKeyword = Copy([]);
    }

    // Zero-terminated, as libspng expects of every string.
    private byte* Copy(byte[] bytes)
    {
        nint memory = Marshal.AllocHGlobal(bytes.Length + 1);
        _memory.Add(memory);
        Marshal.Copy(bytes, 0, memory, bytes.Length);
        ((byte*)memory)[bytes.Length] = 0;
        return (byte*)memory;
    }

    private static bool IsLatin1(string text) => text.All(c => c is '\n' or '\t' or (>= ' ' and <= '~') or (>= '\u00A0' and <= '\u00FF'));

    private static string KeyOf(Spng.Text* chunk) =>
        Encoding.Latin1.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(chunk->Keyword));

    private static string ValueOf(Spng.Text* chunk)
    {
        Encoding encoding = chunk->Type == Spng.TextUtf8 ? Encoding.UTF8 : Encoding.Latin1;
        return encoding.GetString(chunk->Value, (int)chunk->Length);
    }
}
