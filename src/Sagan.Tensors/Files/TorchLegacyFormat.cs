namespace Sagan.Tensors.Files;

/// <summary>
/// What torch.save wrote before version 1.6, and still writes on request: five pickles one after the other (a magic
/// number, the version of the format, facts about the writing machine, the object, the keys of its storages), then the
/// storages themselves (torch/serialization.py, _legacy_save).
/// </summary>
internal static class TorchLegacyFormat
{
    private const long Version = 1001;

    /// <summary>The ten bytes of 0x1950a86a20f9469cfc6c, and the end of its pickle.</summary>
    private static ReadOnlySpan<byte> Magic => [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)PickleOp.Stop];

    /// <summary>Reads a whole file, which is not empty; its values are not checked yet.</summary>
    internal static object? Read(string path)
    {
        using MappedFile file = MappedFile.Open(path)!;
        ReadOnlyMemory<byte> pickles = file.Slice(0, (int)Math.Min(file.Length, int.MaxValue));
        var storages = new TorchLegacyStorages(path, file);
        var globals = new TorchGlobals(storages, new FilePlace(path, "saved object"));
        var budget = new PickleBudget(file.Length, new FilePlace(path, "saved object"));
        int at = SkipMagic(path, pickles.Span);

        // The writing machine does not matter: storages are little-endian whatever it was.
        if (Next("version") is not Version)
            throw new ArrayFileException(path, "version", $"not {Version}, the only version of the format before torch 1.6");
        Next("system information");
        object? value = Next("saved object");
        object? keys = Next("storage keys");

        storages.Fill(keys, at);
        globals.CopyViews();
        return value;

        object? Next(string name)
        {
            var code = new PickleBytes(pickles, new FilePlace(path, name), at);
            object? result = PickleMachine.Run(code, globals, budget);
            at = code.Position;
            return result;
        }
    }

    private static int SkipMagic(string path, ReadOnlySpan<byte> file)
    {
        // Before it stands the pickle protocol, and from protocol 4 on a frame.
        const int LongestPreamble = 11;

        int magic = file[..Math.Min(file.Length, LongestPreamble + Magic.Length)].IndexOf(Magic);
        return magic >= 0
            ? magic + Magic.Length
            : throw new ArrayFileException(path, "magic number", "a pickle that torch.save did not write; load it in Python and save its tensors with torch.save");
    }
}
